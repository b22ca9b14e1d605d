import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunningSimulator, startSimulator } from '../../index.ts'
import { TestMerchant } from '../../testing/merchant.ts'

let simulator: RunningSimulator
let merchant: TestMerchant

beforeAll(async () => {
  simulator = await startSimulator()
  merchant = await TestMerchant.open(simulator.port)
})
afterAll(() => simulator.close())

const refused = (status: number, code: string, message?: string) => ({
  status,
  json: message === undefined ? { code } : { code, message },
})
const pay = (outTradeNo: string) => merchant.control('POST', `/transactions/${outTradeNo}/pay`, {})
const transactionOf = async (outTradeNo: string) => (await merchant.control('GET', `/transactions/${outTradeNo}`)).json
/** A world of its own, for tests that move the clock or the switches. */
const otherWorld = () => TestMerchant.open(simulator.port)
const lifeSeconds = ({ createdAt, expiresAt }: { createdAt: string; expiresAt: string }) =>
  (Date.parse(expiresAt) - Date.parse(createdAt)) / 1000
const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString().replace(/\.\d+Z/, '+00:00')

describe('下单', () => {
  test('answers a prepay_id and keeps the order as NOTPAY', async () => {
    const body = merchant.orderBody({ attach: '会员卡', scene_info: { payer_client_ip: '127.0.0.1', device_id: 'D1' } })
    const answer = await merchant.order(body)
    expect(answer).toMatchObject({ status: 200, json: { prepay_id: expect.stringMatching(/^wx\d{14}[0-9a-f]{20}$/) } })
    expect(await transactionOf(body.out_trade_no)).toEqual({
      outTradeNo: body.out_trade_no,
      transactionId: null,
      prepayIds: [answer.json.prepay_id],
      tradeType: 'JSAPI',
      tradeState: 'NOTPAY',
      amountFen: 100,
      payerTotalFen: null,
      appid: merchant.info.appid,
      mchid: merchant.info.mchid,
      openid: 'oTestShopper',
      description: '羽毛球馆 一小时',
      attach: '会员卡',
      notifyUrl: 'http://127.0.0.1:9/notify',
      createdAt: expect.stringMatching(/\+08:00$/),
      expiresAt: expect.stringMatching(/\+08:00$/),
      successTime: null,
    })
  })

  test('accepts every member of the wire reference', async () => {
    const answer = await merchant.order({
      time_expire: inSeconds(600),
      attach: '自定义数据',
      goods_tag: 'WXG',
      support_fapiao: false,
      detail: {
        cost_price: 608800,
        invoice_id: '微信123',
        goods_detail: [
          {
            merchant_goods_id: '1246464644',
            wechatpay_goods_id: '1001',
            goods_name: '球拍',
            quantity: 1,
            unit_price: 528800,
          },
        ],
      },
      scene_info: {
        payer_client_ip: '14.23.150.211',
        device_id: '013467007045764',
        store_info: {
          id: '0001',
          name: '腾讯大厦分店',
          area_code: '440305',
          address: '广东省深圳市南山区科技中一道10000号',
        },
      },
      settle_info: { profit_sharing: false },
      limit_pay: ['no_credit'],
      payer: { openid: 'oTestShopper', identity: { type: 'IDCARD', number: 'x', name: 'y' } },
    })
    expect(answer.status).toBe(200)
  })

  test('again with the same parameters, in any order of members, gives a newer prepay_id', async () => {
    const body = merchant.orderBody()
    const first = await merchant.order(body)
    const again = await merchant.call(
      'POST',
      '/v3/pay/transactions/jsapi',
      Object.fromEntries(Object.entries(body).reverse()),
    )
    expect(again.status).toBe(200)
    expect(again.json.prepay_id).not.toBe(first.json.prepay_id)
    expect((await transactionOf(body.out_trade_no)).prepayIds).toEqual([first.json.prepay_id, again.json.prepay_id])
  })

  test.each([
    ['amount', { amount: { total: 101, currency: 'CNY' } }],
    ['description', { description: '别的' }],
    ['payer', { payer: { openid: 'oOther' } }],
    ['time_expire', { time_expire: inSeconds(1200) }],
  ])('again with another %s is refused', async (_name, change) => {
    const body = merchant.orderBody()
    await merchant.order(body)
    expect(await merchant.order({ ...body, ...change })).toMatchObject(
      refused(403, 'OUT_TRADE_NO_USED', '商户订单号重复'),
    )
    expect(await transactionOf(body.out_trade_no)).toMatchObject({ amountFen: 100, openid: 'oTestShopper' })
  })

  test('again follows the switches where the documents disagree', async () => {
    const other = await otherWorld()
    const body = other.orderBody({ time_expire: inSeconds(600) })
    await other.order(body)
    await other.control('PUT', '/switches', { reorderCode: 'INVALID_REQUEST', reorderMayChangeTimeExpire: true })
    expect((await other.order(body)).status).toBe(200)
    const message = '请求重入时，参数与首次请求时不一致'
    expect(await other.order({ ...body, description: '别的' })).toMatchObject(refused(400, 'INVALID_REQUEST', message))
    expect((await other.order({ ...body, time_expire: inSeconds(1800) })).status).toBe(200)
    const transaction = (await other.control('GET', `/transactions/${body.out_trade_no}`)).json
    expect(Math.abs(lifeSeconds(transaction) - 1800)).toBeLessThanOrEqual(2)
  })

  test('of a paid, closed or expired number is refused', async () => {
    const other = await otherWorld()
    const [paid, closed, expired] = [
      other.orderBody(),
      other.orderBody(),
      other.orderBody({ time_expire: inSeconds(120) }),
    ]
    for (const body of [paid, closed, expired]) await other.order(body)
    await other.control('POST', `/transactions/${paid.out_trade_no}/pay`, {})
    await other.close(closed.out_trade_no)
    await other.control('POST', '/clock/advance', { seconds: 121 })
    expect(await other.order(paid)).toMatchObject(refused(400, 'INVALID_REQUEST', '该订单已支付'))
    expect(await other.order(closed)).toMatchObject(refused(400, 'ORDER_CLOSED', '该订单已关闭'))
    expect(await other.order(expired)).toMatchObject(refused(400, 'INVALID_REQUEST', '订单已失效'))
  })

  test('for a foreign mini-program names the one that is bound', async () => {
    const answer = await merchant.order({ appid: 'wxother' })
    expect(answer).toMatchObject(refused(400, 'APPID_MCHID_NOT_MATCH'))
    expect(answer.json.message).toContain(merchant.info.appid)
  })

  test.each([
    ['earlier than a minute is lifted to a minute', 5, 60],
    ['in the past is lifted to a minute', -3600, 60],
    ['within seven days is kept', 1800, 1800],
    ['beyond seven days is clipped', 30 * 86_400, 7 * 86_400],
  ])('time_expire %s', async (_name, seconds, lived) => {
    const body = merchant.orderBody({ time_expire: inSeconds(seconds) })
    expect((await merchant.order(body)).status).toBe(200)
    expect(Math.abs(lifeSeconds(await transactionOf(body.out_trade_no)) - lived)).toBeLessThanOrEqual(2)
  })

  test('without time_expire lives seven days', async () => {
    const body = merchant.orderBody()
    await merchant.order(body)
    expect(lifeSeconds(await transactionOf(body.out_trade_no))).toBe(7 * 86_400)
  })
})

describe('查询', () => {
  test('of an unpaid order shows the amount and no payer', async () => {
    const body = merchant.orderBody({ attach: '会员卡' })
    await merchant.order(body)
    const answer = await merchant.query(body.out_trade_no)
    expect(answer.status).toBe(200)
    expect(answer.json).toEqual({
      appid: merchant.info.appid,
      mchid: merchant.info.mchid,
      out_trade_no: body.out_trade_no,
      trade_state: 'NOTPAY',
      trade_state_desc: '订单未支付',
      attach: '会员卡',
      amount: { total: 100, currency: 'CNY' },
    })
  })

  test('of a paid order is the same by either number', async () => {
    const body = merchant.orderBody()
    await merchant.order(body)
    const { transactionId } = (await pay(body.out_trade_no)).json
    expect(transactionId).toMatch(/^42000\d{23}$/)
    const byOwn = await merchant.query(body.out_trade_no)
    const byWechat = await merchant.call('GET', `/v3/pay/transactions/id/${transactionId}?mchid=${merchant.info.mchid}`)
    expect(byWechat.json).toEqual(byOwn.json)
    expect(byOwn.json).toMatchObject({
      transaction_id: transactionId,
      trade_type: 'JSAPI',
      trade_state: 'SUCCESS',
      trade_state_desc: '支付成功',
      bank_type: 'OTHERS',
      success_time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/),
      payer: { openid: 'oTestShopper' },
      amount: { total: 100, payer_total: 100, currency: 'CNY', payer_currency: 'CNY' },
    })
  })

  test('of an unknown number, or by a prepay_id, is ORDER_NOT_EXIST', async () => {
    expect(await merchant.query('NOSUCH1')).toMatchObject(refused(404, 'ORDER_NOT_EXIST', '订单不存在'))
    const { prepay_id: prepayId } = (await merchant.order()).json
    const url = `/v3/pay/transactions/id/${prepayId.slice(0, 32)}?mchid=${merchant.info.mchid}`
    expect(await merchant.call('GET', url)).toMatchObject(refused(404, 'ORDER_NOT_EXIST'))
  })

  test("never shows another merchant's order", async () => {
    const neighbour = await TestMerchant.open(simulator.port, { joins: merchant.info.mchid })
    const body = neighbour.orderBody()
    await neighbour.order(body)
    expect(neighbour.info.appid).toBe(merchant.info.appid)
    expect((await merchant.query(body.out_trade_no)).status).toBe(404)
    expect((await neighbour.query(body.out_trade_no)).status).toBe(200)
    expect((await merchant.order({ ...body, mchid: merchant.info.mchid })).status).toBe(200)
  })

  test('ignores query parameters that it does not know', async () => {
    const body = merchant.orderBody()
    await merchant.order(body)
    const url = `/v3/pay/transactions/out-trade-no/${body.out_trade_no}?a=1&mchid=${merchant.info.mchid}&b=%7C`
    expect((await merchant.call('GET', url)).status).toBe(200)
  })
})

describe('关单', () => {
  test('closes an unpaid order, with 204, and again', async () => {
    const body = merchant.orderBody()
    await merchant.order(body)
    for (let i = 0; i < 2; i++) {
      const answer = await merchant.close(body.out_trade_no)
      expect([answer.status, answer.text]).toEqual([204, ''])
    }
    expect((await merchant.query(body.out_trade_no)).json).toMatchObject({
      trade_state: 'CLOSED',
      trade_state_desc: '订单已关闭',
    })
  })

  test('never closes a paid one', async () => {
    const body = merchant.orderBody()
    await merchant.order(body)
    await pay(body.out_trade_no)
    expect(await merchant.close(body.out_trade_no)).toMatchObject(refused(400, 'INVALID_REQUEST', '该订单已支付'))
    expect((await merchant.query(body.out_trade_no)).json.trade_state).toBe('SUCCESS')
  })

  test('of an unknown number is ORDER_NOT_EXIST', async () => {
    expect(await merchant.close('NOSUCH1')).toMatchObject(refused(404, 'ORDER_NOT_EXIST'))
  })

  test('waits for the least age when the switch asks for one', async () => {
    const other = await otherWorld()
    await other.control('PUT', '/switches', { closeMinAgeSeconds: 300 })
    const body = other.orderBody()
    await other.order(body)
    expect(await other.close(body.out_trade_no)).toMatchObject(refused(400, 'INVALID_REQUEST'))
    await other.control('POST', '/clock/advance', { seconds: 298 })
    expect((await other.close(body.out_trade_no)).status).toBe(400)
    await other.control('POST', '/clock/advance', { seconds: 2 })
    expect((await other.close(body.out_trade_no)).status).toBe(204)
  })

  test('refuses a second close when the switch says so', async () => {
    const other = await otherWorld()
    await other.control('PUT', '/switches', { closeClosedOrder: 'refused' })
    const body = other.orderBody()
    await other.order(body)
    expect((await other.close(body.out_trade_no)).status).toBe(204)
    expect(await other.close(body.out_trade_no)).toMatchObject(refused(400, 'INVALID_REQUEST', '该订单已关闭'))
  })
})

describe('time', () => {
  test('an order past its time stays NOTPAY until somebody closes it', async () => {
    const other = await otherWorld()
    const body = other.orderBody({ time_expire: inSeconds(120) })
    await other.order(body)
    await other.control('POST', '/clock/advance', { seconds: 3600 })
    expect((await other.query(body.out_trade_no)).json.trade_state).toBe('NOTPAY')
    expect((await other.close(body.out_trade_no)).status).toBe(204)
  })

  test('an unpaid order is closed by WeChat after seven days, a paid one is not', async () => {
    const other = await otherWorld()
    const [unpaid, paid] = [other.orderBody(), other.orderBody()]
    for (const body of [unpaid, paid]) await other.order(body)
    await other.control('POST', `/transactions/${paid.out_trade_no}/pay`, {})
    await other.control('POST', '/clock/advance', { seconds: 7 * 86_400 - 5 })
    expect((await other.query(unpaid.out_trade_no)).json.trade_state).toBe('NOTPAY')
    await other.control('POST', '/clock/advance', { seconds: 10 })
    expect((await other.query(unpaid.out_trade_no)).json.trade_state).toBe('CLOSED')
    expect((await other.query(paid.out_trade_no)).json.trade_state).toBe('SUCCESS')
  })
})
