import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type RunningSimulator, startSimulator } from '../../index.ts'
import { advanceTo, fetchBill, rowsOf } from '../../testing/bills.ts'
import { TestMerchant } from '../../testing/merchant.ts'
import { TestCourse } from '../../testing/payscore.ts'
import { type Receiver, resourcesOf, startReceiver } from '../../testing/receiver.ts'

let simulator: RunningSimulator
let receiver: Receiver
let merchant: TestMerchant
let course: TestCourse
let day: string

beforeAll(async () => {
  simulator = await startSimulator()
  receiver = await startReceiver()
})
afterAll(async () => {
  await receiver.close()
  await simulator.close()
})
beforeEach(async () => {
  merchant = await TestMerchant.open(simulator.port)
  // Whatever happens until the bill is asked for is of one day.
  day = await advanceTo(merchant, '08:00:00')
  course = await TestCourse.sign(merchant, [18000, 12000, 0])
})

/** Takes the lesson; WeChat deducts at once. */
const take = async (no: number, totalFen: number) => {
  await course.start(no, { attach: 'course-7' })
  await course.complete(no, totalFen)
  await merchant.advance(5)
  return (await course.query(no)).collection?.details?.[0].transaction_id as string
}
const billOf = async (query: Readonly<Record<string, string>>) => {
  await advanceTo(merchant, '12:00:00')
  if ((await merchant.control('GET', '/clock')).json.now.startsWith(day)) await merchant.advance(86_400)
  return rowsOf(await fetchBill(merchant, { bill_date: day, ...query }))
}

test('a deduction stands in the trade bill as AUTH, under a number of WeChat’s own, with ours in 商户数据包', async () => {
  const transactionId = await take(1, 18000)
  const { order_id: orderId } = await course.query(1)
  const [row, ...others] = await billOf({ bill_type: 'SUCCESS' })
  expect(others).toEqual([])
  expect(row).toMatchObject({
    微信订单号: transactionId,
    交易类型: 'AUTH',
    交易状态: 'SUCCESS',
    用户标识: 'oTestShopper',
    商品名称: '羽毛球基础课程',
    商户数据包: `wxzff|${orderId}|${course.numberOf(1)}`,
    应结订单金额: '180.00',
    订单金额: '180.00',
  })
  expect(row?.商户订单号).toMatch(/^\d{28}$/)
  expect(row?.商户订单号).not.toBe(course.numberOf(1))
})

test('what the user pays by himself is JSAPI under the merchant’s own number', async () => {
  await merchant.control('PUT', '/switches', { payScoreDeduction: 'fails' })
  await take(1, 18000)
  await merchant.control('POST', `/payscore/orders/${course.numberOf(1)}/pay`, {})
  expect(await billOf({ bill_type: 'ALL' })).toMatchObject([
    { 交易类型: 'JSAPI', 商户订单号: course.numberOf(1), 商户数据包: 'course-7' },
  ])
})

test('with payScoreBillNumber: out_order_no the deduction carries the merchant’s number', async () => {
  await merchant.control('PUT', '/switches', { payScoreBillNumber: 'out_order_no' })
  await take(1, 18000)
  expect(await billOf({ bill_type: 'ALL' })).toMatchObject([{ 交易类型: 'AUTH', 商户订单号: course.numberOf(1) }])
})

test('a free lesson and one that was paid elsewhere are in no bill, ordinary payments stay JSAPI', async () => {
  await take(1, 0)
  await merchant.control('PUT', '/switches', { payScoreDeduction: 'fails' })
  await take(2, 12000)
  expect((await course.sync(2)).status).toBe(200)
  const ordinary = await merchant.paidOrder(12000)
  expect(await billOf({ bill_type: 'ALL' })).toMatchObject([{ 商户订单号: ordinary, 交易类型: 'JSAPI' }])
})

test('it is refunded by transaction_id; answer, notice and bill carry WeChat’s number', async () => {
  const transactionId = await take(1, 18000)
  const refund = {
    transaction_id: transactionId,
    out_refund_no: `R${course.numberOf(1)}`,
    notify_url: receiver.url,
    amount: { refund: 6000, total: 18000, currency: 'CNY' },
  }
  const answer = await merchant.refund(refund)
  expect(answer).toMatchObject({ status: 200, json: { transaction_id: transactionId, status: 'PROCESSING' } })
  await merchant.advance(10)
  const [notice] = resourcesOf(receiver, merchant)
  const rows = await billOf({ bill_type: 'ALL' })
  const wechatsNumber = rows[0]?.商户订单号
  expect(answer.json.out_trade_no).toBe(wechatsNumber)
  expect(notice).toMatchObject({ transaction_id: transactionId, out_trade_no: wechatsNumber, refund_status: 'SUCCESS' })
  expect(rows).toMatchObject([
    { 微信订单号: transactionId, 交易状态: 'SUCCESS' },
    { 微信订单号: transactionId, 交易状态: 'REFUND', 商户订单号: wechatsNumber, 交易类型: 'AUTH', 退款金额: '60.00' },
  ])
})

test('it is refunded by the number that the bill prints, never by out_order_no', async () => {
  await take(1, 18000)
  const amount = { refund: 18000, total: 18000, currency: 'CNY' }
  const byOurs = merchant.refundBody(course.numberOf(1), 18000, 18000)
  expect(await merchant.refund(byOurs)).toMatchObject({ status: 404, json: { code: 'RESOURCE_NOT_EXISTS' } })
  const { outTradeNo } = (await merchant.control('GET', '/transactions')).json.transactions[0]
  expect((await merchant.refund({ ...byOurs, out_trade_no: outTradeNo, amount })).status).toBe(200)
})

test('the fund flow has its sum and its fee, and the refund out of the same account', async () => {
  const transactionId = await take(1, 18000)
  const flow = await billOf({ account_type: 'BASIC' })
  expect(flow.map((row) => [row.微信支付业务单号, row.业务类型, row.收支类型, row['收支金额（元）']])).toEqual([
    [transactionId, '交易', '收入', '180.00'],
    [transactionId, '扣除交易手续费', '支出', '1.08'],
  ])
})

test('it is found by transaction_id as any payment, and cannot be paid again', async () => {
  const transactionId = await take(1, 18000)
  const url = `/v3/pay/transactions/id/${transactionId}?mchid=${merchant.info.mchid}`
  const { json } = await merchant.call('GET', url)
  expect(json).toMatchObject({ trade_type: 'AUTH', trade_state: 'SUCCESS', payer: { openid: 'oTestShopper' } })
  expect((await merchant.control('POST', `/transactions/${json.out_trade_no}/pay`, {})).status).toBe(409)
})
