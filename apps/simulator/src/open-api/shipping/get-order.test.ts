import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunningSimulator, startSimulator } from '../../index.ts'
import { TestMerchant } from '../../testing/merchant.ts'
import { TestShipper } from '../../testing/shipping.ts'

let simulator: RunningSimulator
let merchant: TestMerchant
let shipper: TestShipper
beforeAll(async () => {
  simulator = await startSimulator()
  merchant = await TestMerchant.open(simulator.port)
  shipper = new TestShipper(merchant)
})
afterAll(() => simulator.close())

const GET_ORDER = '/wxa/sec/order/get_order'

describe('查询订单发货状态', () => {
  test('says of a paid order that it waits, then that it was shipped, and how', async () => {
    const number = await shipper.pay({ amount: { total: 4500 } })
    const { order } = (await shipper.query(number)).json
    expect(order).toEqual({
      transaction_id: expect.stringMatching(/^42000\d{23}$/),
      merchant_id: merchant.info.mchid,
      sub_merchant_id: '0',
      merchant_trade_no: number,
      description: '羽毛球馆 一小时',
      paid_amount: 4500,
      openid: 'oTestShopper',
      trade_create_time: expect.any(Number),
      pay_time: expect.any(Number),
      order_state: 1,
      in_complaint: false,
    })
    await shipper.upload(number)
    const shipped = (await shipper.post(GET_ORDER, { transaction_id: order.transaction_id })).json
    expect(shipped).toMatchObject({
      errcode: 0,
      order: {
        order_state: 2,
        description: '全碳素羽毛球拍 ×1',
        shipping: {
          delivery_mode: 1,
          logistics_type: 4,
          finish_shipping: true,
          finish_shipping_count: 1,
          shipping_list: [{ goods_desc: '全碳素羽毛球拍 ×1', upload_time: expect.any(Number) }],
        },
      },
    })
  })

  test.each<[body: unknown, errcode: number]>([
    [{}, 47001],
    [{ merchant_id: '1900000001' }, 47001],
    [{ mchid: '1900000001', out_trade_no: 'number-1' }, 47001],
    [{ transaction_id: 4200 }, 47001],
    ['no JSON', 47001],
    [{ transaction_id: '4200' }, 10060001],
    [{ merchant_id: '1900000001', merchant_trade_no: 'none-such' }, 10060001],
  ])('with %j is errcode %i', async (body, errcode) => {
    expect((await shipper.post(GET_ORDER, body)).json).toMatchObject({ errcode })
  })
})

describe('money that went back', () => {
  const refund = async (outTradeNo: string, fen: number) => {
    const amount = { refund: fen, total: 100, currency: 'CNY' }
    const body = { out_trade_no: outTradeNo, out_refund_no: randomUUID(), amount }
    expect(await merchant.call('POST', '/v3/refund/domestic/refunds', body)).toMatchObject({ status: 200 })
    await merchant.control('POST', '/clock/advance', { seconds: 90_000 })
    await shipper.renewToken()
  }
  const stateOf = async (outTradeNo: string) => (await shipper.query(outTradeNo)).json.order.order_state

  test('in part changes nothing, as a whole ends it: then it cannot be shipped any more', async () => {
    const [number] = [await shipper.pay(), await shipper.pay(), await shipper.pay()]
    await refund(number, 40)
    expect(await stateOf(number)).toBe(1)
    await refund(number, 60)
    expect(await stateOf(number)).toBe(5)
    expect((await shipper.upload(number)).json).toMatchObject({
      errcode: 10060004,
      errmsg: expect.stringContaining('不可发货'),
    })
  })
})

test('GET /_sim/shipping shows what was uploaded, until the world is reset', async () => {
  const other = await TestMerchant.open(simulator.port)
  const shipping = new TestShipper(other)
  const [first, second] = [await shipping.pay(), await shipping.pay()]
  await shipping.upload(first)
  await shipping.upload(second)
  const { shipments } = (await other.control('GET', `/shipping?outTradeNo=${second}`)).json
  expect(shipments).toEqual([
    {
      mchid: other.info.mchid,
      outTradeNo: second,
      transactionId: expect.stringMatching(/^42000/),
      orderState: 2,
      logisticsType: 4,
      deliveryMode: 1,
      finished: true,
      finishCount: 1,
      parcels: [{ trackingNo: null, expressCompany: null, itemDesc: '全碳素羽毛球拍 ×1' }],
      uploadTime: '2026-11-21T13:29:35.120+08:00',
      uploadedAt: expect.stringMatching(/\+08:00$/),
    },
  ])
  expect((await other.control('GET', '/shipping')).json.shipments).toHaveLength(2)
  await other.control('POST', '/reset')
  expect((await other.control('GET', '/shipping')).json).toEqual({ shipments: [] })
})

test('the calls of an order are in its journal', async () => {
  const number = await shipper.pay()
  await shipper.upload(number)
  const { requests } = (await merchant.control('GET', `/requests?outTradeNo=${number}`)).json
  expect(requests.at(-1)).toMatchObject({ path: '/wxa/sec/order/upload_shipping_info', status: 200, verified: true })
})

test.each([
  [{ appid: 'wxother' }, 40013],
  [{}, 40097],
])('是否已开通 for %j is errcode %i', async (body, errcode) => {
  expect((await shipper.post('/wxa/sec/order/is_trade_managed', body)).json).toMatchObject({ errcode })
})
