import { inspect } from 'node:util'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { weixin } from '../testing/weixin-server.ts'
import { formatUploadTime, UploadShippingInfo, uploadShippingInfoEndpoint } from './index.ts'

const TOKEN = 'canary+token/1='
const info: UploadShippingInfo = {
  order_key: { order_number_type: 1, mchid: '1900000001', out_trade_no: 'number-1' },
  logistics_type: 3,
  delivery_mode: 1,
  shipping_list: [{ item_desc: '单次游泳票 ×1' }],
  upload_time: '2026-11-21T13:29:35.120+08:00',
  payer: { openid: 'o1' },
}
const OK = '{"errcode":0,"errmsg":"ok"}'

describe('shipping information (发货信息录入)', () => {
  it('is sent as JSON, with the token in the query', async () => {
    await using w = await weixin(OK)
    expect(await w.openApi.uploadShippingInfo(TOKEN, info)).toBeUndefined()
    const url = '/wxa/sec/order/upload_shipping_info?access_token=canary%2Btoken%2F1%3D'
    expect(w.seen).toEqual([{ method: 'POST', url, type: 'application/json; charset=utf-8', body: info }])
  })

  it.each([
    [10060001, 'ORDER_NOT_FOUND', 'rejected'],
    [10060023, 'NOT_UPDATED', 'rejected'],
    [42001, 'TOKEN_EXPIRED', 'rejected'],
    [268485228, 'UNIFIED_NEEDS_ONE_PARCEL', 'rejected'],
    [-1, 'SYSTEM_BUSY', 'unknown'],
    [10060012, 'SYSTEM_ERROR_12', 'unknown'],
    [-217, undefined, 'unknown'],
  ])('errcode %i is %s, %s', async (errcode, reason, outcome) => {
    await using w = await weixin(JSON.stringify({ errcode, errmsg: 'rid: 1' }))
    await expect(w.openApi.uploadShippingInfo(TOKEN, info)).rejects.toMatchObject({ errcode, reason, outcome })
  })

  it.each([500, 302])('status %i proves nothing, whatever the body says', async (status) => {
    await using w = await weixin(OK, status)
    await expect(w.openApi.uploadShippingInfo(TOKEN, info)).rejects.toMatchObject({ outcome: 'unknown' })
  })

  it('has no token in its errors, not even one that WeChat quotes', async () => {
    await using w = await weixin(JSON.stringify({ errcode: 40001, errmsg: `invalid credential ${TOKEN}, rid: 1` }))
    const quoted = await w.openApi.uploadShippingInfo(TOKEN, info).catch((error: unknown) => error)
    await using broken = await weixin('<html>')
    const unreadable = await broken.openApi.uploadShippingInfo(TOKEN, info).catch((error: unknown) => error)
    expect(quoted).toMatchObject({ errcode: 40001, errmsg: 'invalid credential …, rid: 1' })
    expect(inspect([quoted, unreadable], { depth: 9, showHidden: true })).not.toMatch(/canary|number-1/)
  })

  it('declares every errcode once', () => {
    const errcodes = uploadShippingInfoEndpoint.errors.map(({ errcode }) => errcode)
    expect(new Set(errcodes).size).toBe(errcodes.length)
    expect(errcodes).toHaveLength(37)
  })

  it.each<[change: object, field: string]>([
    [{ shipping_list: { item_desc: 'x' } }, 'shipping_list'],
    [{ shipping_list: [] }, 'shipping_list'],
    [{ shipping_list: Array.from({ length: 16 }, () => ({ item_desc: 'x' })) }, 'shipping_list'],
    [{ shipping_list: [{ item_desc: '字'.repeat(121) }] }, 'shipping_list.0.item_desc'],
    [{ logistics_type: 5 }, 'logistics_type'],
    [{ upload_time: '2026-11-21T13:29:35+08:00' }, 'upload_time'],
    [{ receiver_contact: '189****1234' }, 'receiver_contact'],
  ])('that is declared otherwise is not this: %o', (change, field) => {
    const [issue] = v.safeParse(UploadShippingInfo, { ...info, ...change }).issues ?? []
    expect(issue && v.getDotPath(issue)).toBe(field)
    expect(v.is(UploadShippingInfo, info)).toBe(true)
  })

  it('carries its time with milliseconds, in Beijing', () => {
    expect(formatUploadTime(new Date('2026-11-21T16:00:00.007Z'))).toBe('2026-11-22T00:00:00.007+08:00')
  })
})

describe('the state of an order (查询订单发货状态)', () => {
  const order = {
    ...{ transaction_id: '4200', merchant_id: '1900000001', merchant_trade_no: 'number-1', openid: 'o1' },
    ...{ order_state: 6, in_complaint: false, shipping: { finish_shipping: true }, sub_merchant_id: null },
  }

  it('is asked by the number of the merchant', async () => {
    await using w = await weixin(JSON.stringify({ errcode: 0, errmsg: 'ok', order }))
    const key = { merchant_id: '1900000001', merchant_trade_no: 'number-1' }
    expect(await w.openApi.getShippingOrder(TOKEN, key)).toMatchObject({
      order_state: 6,
      merchant_trade_no: 'number-1',
    })
    expect(w.seen).toMatchObject([{ method: 'POST', body: key }])
    expect(w.seen[0]?.url).toMatch('/wxa/sec/order/get_order?access_token=')
  })

  it('that lacks its state is malformed', async () => {
    const { order_state: _, ...rest } = order
    await using w = await weixin(JSON.stringify({ errcode: 0, errmsg: 'ok', order: rest }))
    await expect(w.openApi.getShippingOrder(TOKEN, {})).rejects.toMatchObject({ outcome: 'unknown' })
  })
})

describe('the service (发货信息管理服务)', () => {
  it.each([true, false])('is opened or not: %s', async (is_trade_managed) => {
    await using w = await weixin(JSON.stringify({ errcode: 0, errmsg: 'ok', is_trade_managed }))
    expect(await w.openApi.isTradeManaged(TOKEN)).toBe(is_trade_managed)
    expect(w.seen[0]?.body).toEqual({ appid: 'wx1' })
  })
})
