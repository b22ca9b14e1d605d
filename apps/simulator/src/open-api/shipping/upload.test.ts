import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunningSimulator, startSimulator } from '../../index.ts'
import { TestMerchant } from '../../testing/merchant.ts'
import { TestShipper } from '../../testing/shipping.ts'

let simulator: RunningSimulator
let merchant: TestMerchant
let shipper: TestShipper
let paid: string
beforeAll(async () => {
  simulator = await startSimulator()
  merchant = await TestMerchant.open(simulator.port)
  shipper = new TestShipper(merchant)
  paid = await shipper.pay()
})
afterAll(() => simulator.close())

const EXPRESS = { tracking_no: 'YT1', express_company: 'YTO', item_desc: '球拍' }
const errcodeOf = async (changes: Readonly<Record<string, unknown>>, outTradeNo = paid): Promise<number> =>
  (await shipper.upload(outTradeNo, changes)).json.errcode
const advance = async (seconds: number) => {
  await merchant.control('POST', '/clock/advance', { seconds })
  await shipper.renewToken()
}

describe('发货信息录入', () => {
  test('of a paid order is taken, in virtual, pick-up, city and express', async () => {
    for (const [logistics_type, shipping_list] of [
      [3, [{ item_desc: '单次游泳票' }]],
      [4, [{ item_desc: '毛巾', tracking_no: '', contact: null }]],
      [2, [{ item_desc: '毛巾' }]],
      [1, [EXPRESS]],
    ] as const) {
      const answer = await shipper.upload(await shipper.pay(), { logistics_type, shipping_list })
      expect(answer).toMatchObject({ status: 200, json: { errcode: 0, errmsg: 'ok' } })
    }
  })

  test('finds the order by transaction_id too', async () => {
    const number = await shipper.pay()
    const { transactionId } = (await merchant.control('GET', `/transactions/${number}`)).json
    const key = { order_number_type: 2, transaction_id: transactionId, mchid: null }
    expect(await errcodeOf({ order_key: key })).toBe(0)
    expect((await shipper.query(number)).json.order.order_state).toBe(2)
  })

  test.each<[name: string, changes: Record<string, unknown>, errcode: number]>([
    ['no array', { shipping_list: { item_desc: 'x' } }, 47001],
    ['a stranger member', { receiver_contact: '189****1234' }, 47001],
    ['a text for a number', { logistics_type: '4' }, 47001],
    ['no payer', { payer: undefined }, 47001],
    ['another number type', { order_key: { order_number_type: 3 } }, 268485194],
    ['no transaction_id', { order_key: { order_number_type: 2 } }, 268485195],
    ['no mchid', { order_key: { order_number_type: 1, out_trade_no: 'number-1' } }, 268485196],
    ['no out_trade_no', { order_key: { order_number_type: 1, mchid: '1900000001' } }, 268485197],
    ['another logistics type', { logistics_type: 5 }, 10060005],
    ['no logistics type', { logistics_type: undefined }, 10060005],
    ['another delivery mode', { delivery_mode: 0 }, 268485224],
    ['split without express', { delivery_mode: 2, is_all_delivered: true }, 10060006],
    ['split without is_all_delivered', { delivery_mode: 2, logistics_type: 1, shipping_list: [EXPRESS] }, 10060007],
    ['unified with two parcels', { shipping_list: [{ item_desc: 'x' }, { item_desc: 'y' }] }, 268485228],
    ['no parcel', { shipping_list: [] }, 268485228],
    ['16 parcels', { shipping_list: Array.from({ length: 16 }, () => EXPRESS) }, 10060024],
    ['no description', { shipping_list: [{}] }, 10060008],
    ['an empty description', { shipping_list: [{ item_desc: '' }] }, 10060008],
    ['121 characters', { shipping_list: [{ item_desc: '字'.repeat(121) }] }, 10060009],
    ['express without a number', { logistics_type: 1, shipping_list: [{ ...EXPRESS, tracking_no: '' }] }, 268485226],
    [
      'express without a company',
      { logistics_type: 1, shipping_list: [{ ...EXPRESS, express_company: null }] },
      268485227,
    ],
    ['顺丰 without a phone', { logistics_type: 1, shipping_list: [{ ...EXPRESS, express_company: 'SF' }] }, 10060014],
    ['a number of 129', { logistics_type: 1, shipping_list: [{ ...EXPRESS, tracking_no: '1'.repeat(129) }] }, 10060026],
    ['a time without milliseconds', { upload_time: '2026-11-21T13:29:35+08:00' }, 268485216],
    ['no time', { upload_time: undefined }, 268485216],
    ['another payer', { payer: { openid: 'oSomebodyElse' } }, 10060031],
  ])('with %s is refused and changes nothing', async (_name, changes, errcode) => {
    expect(await errcodeOf(changes)).toBe(errcode)
    expect((await shipper.query(paid)).json.order.order_state).toBe(1)
  })

  test('of 120 characters is taken, however many bytes', async () => {
    expect(await errcodeOf({ shipping_list: [{ item_desc: '𠮷'.repeat(120) }] }, await shipper.pay())).toBe(0)
  })

  test.each<[token: string, errcode: number]>([
    ['', 41001],
    ['somebody', 40001],
  ])('with the token %j is errcode %i', async (token, errcode) => {
    const answer = await shipper.post('/wxa/sec/order/upload_shipping_info', {}, token)
    expect(answer.json).toMatchObject({ errcode, errmsg: expect.stringContaining('rid:') })
  })

  test('of an unpaid order, of none, and of another merchant is errcode 10060001', async () => {
    const body = merchant.orderBody()
    await merchant.order(body)
    const other = await TestMerchant.open(simulator.port)
    const foreign = await new TestShipper(other).pay()
    for (const number of [body.out_trade_no, 'none-such', foreign]) expect(await errcodeOf({}, number)).toBe(10060001)
  })

  test('knows a payment as late as the switch says', async () => {
    await merchant.control('PUT', '/switches', { shippingLagSeconds: 60 })
    const number = await shipper.pay()
    expect(await errcodeOf({}, number)).toBe(10060001)
    expect((await shipper.query(number)).json.errcode).toBe(10060001)
    await advance(61)
    expect(await errcodeOf({}, number)).toBe(0)
    await merchant.control('PUT', '/switches', { shippingLagSeconds: 0 })
  })
})

describe('uploaded again', () => {
  const at = (second: number) => ({ upload_time: `2026-11-21T13:30:${String(second).padStart(2, '0')}.000+08:00` })
  const other = (text: string) => ({ shipping_list: [{ item_desc: text }] })

  test('the same is not updated, whatever its time, and costs nothing', async () => {
    const number = await shipper.pay()
    expect(await errcodeOf(at(1), number)).toBe(0)
    for (const second of [1, 0, 2]) expect(await errcodeOf(at(second), number)).toBe(10060023)
    expect(await errcodeOf({ ...at(3), ...other('新') }, number)).toBe(0)
  })

  test('another content is taken once, with a later time, and never twice', async () => {
    const number = await shipper.pay()
    expect(await errcodeOf(at(5), number)).toBe(0)
    expect(await errcodeOf({ ...at(5), ...other('新') }, number)).toBe(10060023)
    expect(await errcodeOf({ ...at(6), logistics_type: 3 }, number)).toBe(0)
    expect(await errcodeOf({ ...at(7), ...other('再') }, number)).toBe(10060003)
    const { order } = (await shipper.query(number)).json
    expect(order.shipping).toMatchObject({ logistics_type: 3, finish_shipping_count: 2 })
  })

  test('after 确认收货, 2 days later, it cannot be changed', async () => {
    const number = await shipper.pay()
    await errcodeOf(at(1), number)
    await advance(2 * 86_400 - 10)
    expect((await shipper.query(number)).json.order.order_state).toBe(2)
    await advance(20)
    expect((await shipper.query(number)).json.order.order_state).toBe(3)
    expect(await errcodeOf({ ...at(2), ...other('新') }, number)).toBe(10060002)
  })

  test('split goes on until all is delivered', async () => {
    const number = await shipper.pay()
    const split = { logistics_type: 1, delivery_mode: 2, shipping_list: [EXPRESS] }
    expect(await errcodeOf({ ...split, ...at(1), is_all_delivered: false }, number)).toBe(0)
    expect((await shipper.query(number)).json.order).toMatchObject({ order_state: 1 })
    const both = { ...split, shipping_list: [EXPRESS, { ...EXPRESS, tracking_no: 'YT2' }] }
    expect(await errcodeOf({ ...both, ...at(2), is_all_delivered: true }, number)).toBe(0)
    expect((await shipper.query(number)).json.order).toMatchObject({
      order_state: 2,
      shipping: { finish_shipping: true, finish_shipping_count: 1 },
    })
  })
})
