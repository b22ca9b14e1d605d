import { createOpenApi, formatUploadTime } from '@shouyin/wechatpay-core/open-api'
import { endpoints as refunds } from '@shouyin/wechatpay-core/refunds'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { ServerCtx } from '../../kernel/context.ts'
import { type ShippingWorld, startShippingWorld } from '../../testing/shipping.ts'
import { catchUp } from './catch-up.ts'

const UPLOAD = '/wxa/sec/order/upload_shipping_info'
const DAY_SECONDS = 86_400

let world: ShippingWorld
let server: ServerCtx
beforeAll(async () => {
  world = await startShippingWorld()
  server = world.process()
}, 120_000)
afterAll(() => world?.close())
afterEach(() => world.simulated.faults())

const rowOf = (outTradeNo: string) => world.rowOf(outTradeNo)
const fault = (kind: string, more: object = {}) => world.simulated.faults({ match: { path: UPLOAD }, kind, ...more })
const alarmsOf = (kind: string) => world.alarms.filter((alarm) => alarm.kind === kind)

/** A person enters it in 小程序后台, or an earlier program did. */
async function shipElsewhere(outTradeNo: string): Promise<void> {
  const { appid, appSecret, mchid } = world.simulated.merchant
  const elsewhere = createOpenApi({ appid, appSecret, baseUrl: world.simulated.url })
  const { accessToken } = await elsewhere.stableToken()
  const charge = await server.db
    .selectFrom('charge')
    .selectAll()
    .where('out_trade_no', '=', outTradeNo)
    .executeTakeFirst()
  await elsewhere.uploadShippingInfo(accessToken, {
    order_key: { order_number_type: 1, mchid, out_trade_no: outTradeNo },
    logistics_type: 2,
    delivery_mode: 1,
    shipping_list: [{ item_desc: '手工录入' }],
    upload_time: formatUploadTime(server.clock.now()),
    payer: { openid: charge?.openid ?? '' },
  })
  elsewhere.close()
}

describe('a refusal', () => {
  test.each([10060002, 10060023])('%i means that it is there', async (errcode) => {
    const outTradeNo = await world.fulfil('towel')
    await fault('error-before-effect', { code: String(errcode) })
    await catchUp(server)
    expect(await rowOf(outTradeNo)).toMatchObject({ state: 'uploaded', errcode })
  })

  test.each([10060003, 10060004])(
    '%i of an order that was shipped elsewhere means that it is there',
    async (errcode) => {
      const outTradeNo = await world.fulfil('towel')
      await shipElsewhere(outTradeNo)
      await fault('error-before-effect', { code: String(errcode) })
      await catchUp(server)
      expect(await rowOf(outTradeNo)).toMatchObject({ state: 'uploaded', errcode })
      expect(await world.shipmentsOf(outTradeNo)).toMatchObject([{ parcels: [{ itemDesc: '手工录入' }] }])
    },
  )

  test.each([10060004, 10060005, 10060031, 268485228, 47001])(
    '%i is final, with an alarm that says what to do',
    async (errcode) => {
      const outTradeNo = await world.fulfil('towel')
      await fault('error-before-effect', { code: String(errcode) })
      await catchUp(server)
      expect(await rowOf(outTradeNo)).toMatchObject({ state: 'refused', errcode })
      expect(alarmsOf('shipping_refused').at(-1)?.detail).toMatchObject({
        ...{ outTradeNo, errcode, mchid: server.config.mchid },
        remedy: expect.stringContaining('小程序后台'),
      })
      await world.advance(DAY_SECONDS)
      await catchUp(server)
      expect(await world.uploadsOf(outTradeNo)).toHaveLength(1)
    },
  )

  test.each([48001, 61004, 45009])(
    '%i blocks all orders: each waits, a person is called, and none is lost',
    async (errcode) => {
      const outTradeNo = await world.fulfil('towel')
      await fault('error-before-effect', { code: String(errcode) })
      await catchUp(server)
      expect(await rowOf(outTradeNo)).toMatchObject({ state: 'waiting', errcode })
      expect(alarmsOf('shipping_blocked').at(-1)?.detail).toMatchObject({ errcode, remedy: expect.any(String) })
      await world.advance(61)
      await catchUp(server)
      expect(await rowOf(outTradeNo)).toMatchObject({ state: 'uploaded' })
    },
  )

  test('a person is called once, however many orders are blocked', async () => {
    await world.advance(DAY_SECONDS)
    await Promise.all([world.fulfil('towel'), world.fulfil('towel'), world.fulfil('towel')])
    const before = alarmsOf('shipping_blocked').length
    await fault('error-before-effect', { code: '48001', count: 3 })
    await catchUp(server)
    expect(alarmsOf('shipping_blocked')).toHaveLength(before + 1)
    await world.advance(61)
    await catchUp(server)
  })

  test.each([-1, -217, 10060012])('%i proves nothing: it waits', async (errcode) => {
    const outTradeNo = await world.fulfil('towel')
    await fault('error-before-effect', { code: String(errcode) })
    await catchUp(server)
    expect(await rowOf(outTradeNo)).toMatchObject({ state: 'waiting', errcode })
    await world.advance(61)
    await catchUp(server)
    expect(await rowOf(outTradeNo)).toMatchObject({ state: 'uploaded' })
  })
})

describe('money that went back before the upload', () => {
  async function refund(outTradeNo: string, fen: (totalFen: number) => number): Promise<void> {
    const { amountFen: total } = await world.simulated.transaction(outTradeNo)
    const amount = { refund: fen(total), total, currency: 'CNY' as const }
    const body = { out_trade_no: outTradeNo, out_refund_no: crypto.randomUUID(), amount }
    await server.wechat(server.config.mchid).call(refunds.create, { body })
    await world.advance(DAY_SECONDS)
  }

  test('in part: it is uploaded all the same', async () => {
    const outTradeNo = await world.fulfil('towel')
    await refund(outTradeNo, () => 1)
    await catchUp(server)
    expect(await rowOf(outTradeNo)).toMatchObject({ state: 'uploaded' })
  })

  test('as a whole: it is sent, and skipped because WeChat refuses it, without an alarm', async () => {
    const [outTradeNo] = [await world.fulfil('towel'), await world.fulfil('towel'), await world.fulfil('towel')]
    const before = alarmsOf('shipping_refused').length
    await refund(outTradeNo, (totalFen) => totalFen)
    await catchUp(server)
    expect(await world.uploadsOf(outTradeNo)).toHaveLength(1)
    expect(await rowOf(outTradeNo)).toMatchObject({ state: 'skipped', errcode: 10060004 })
    expect(alarmsOf('shipping_refused')).toHaveLength(before)
  })
})

test('a wrong AppSecret blocks and loses nothing', async () => {
  const outTradeNo = await world.fulfil('towel')
  await server.db.deleteFrom('access_token').execute()
  await world.simulated.faults({ match: { path: '/cgi-bin/stable_token' }, kind: 'error-before-effect', code: '40125' })
  await catchUp(server)
  expect(await rowOf(outTradeNo)).toMatchObject({ state: 'waiting', errcode: 40125 })
  expect(alarmsOf('shipping_blocked').at(-1)?.detail).toMatchObject({ errcode: 40125 })
  await world.advance(61)
  await catchUp(server)
  expect(await rowOf(outTradeNo)).toMatchObject({ state: 'uploaded' })
})
