import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type RunningSimulator, startSimulator } from '../../index.ts'
import { advanceTo, fetchBill, rowsOf } from '../../testing/bills.ts'
import { TestCard } from '../../testing/discount-card.ts'
import { TestMerchant } from '../../testing/merchant.ts'
import { type Receiver, resourcesOf, startReceiver } from '../../testing/receiver.ts'

let simulator: RunningSimulator
let receiver: Receiver
let merchant: TestMerchant
let card: TestCard
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
  card = await TestCard.take(merchant)
  receiver.received.length = 0
})

/** The holder enjoys so much, gives the card up, and WeChat deducts at once. */
const breakIt = async (discountFen: number) => {
  await card.buy(discountFen)
  await card.quit()
  await merchant.advance(5)
  return (await card.query()).pay_information?.transaction_id as string
}
const billOf = async (query: Readonly<Record<string, string>>) => {
  await merchant.advance(86_400 + 5 * 3600)
  return rowsOf(await fetchBill(merchant, { bill_date: day, ...query }))
}

test('what was enjoyed and is collected stands in the trade bill as AUTH, under a number of WeChat’s own', async () => {
  const transactionId = await breakIt(1800)
  const [row, ...others] = await billOf({ bill_type: 'SUCCESS' })
  expect(others).toEqual([])
  expect(row).toMatchObject({
    微信订单号: transactionId,
    交易类型: 'AUTH',
    交易状态: 'SUCCESS',
    用户标识: 'oTestShopper',
    商品名称: '一周三次八折卡',
    商户数据包: '',
    应结订单金额: '18.00',
    订单金额: '18.00',
  })
  expect(row?.商户订单号).toMatch(/^\d{28}$/)
})

test('the fund flow has its sum and its fee', async () => {
  const transactionId = await breakIt(1800)
  const flow = await billOf({ account_type: 'BASIC' })
  expect(flow.map((row) => [row.微信支付业务单号, row.业务类型, row.收支类型, row['收支金额（元）']])).toEqual([
    [transactionId, '交易', '收入', '18.00'],
    [transactionId, '扣除交易手续费', '支出', '0.11'],
  ])
})

test('a promise that was kept, one of which nothing was enjoyed, and one that is being collected are in no bill', async () => {
  for (const fen of [500, 500, 500]) await card.buy(fen)
  const other = await TestCard.take(merchant)
  await other.quit()
  await merchant.control('PUT', '/switches', { cardDeduction: 'fails' })
  card = await TestCard.take(merchant)
  await breakIt(300)
  const ordinary = await merchant.paidOrder(1200)
  expect(await billOf({ bill_type: 'ALL' })).toMatchObject([{ 商户订单号: ordinary, 交易类型: 'JSAPI' }])
})

test('it is refunded by transaction_id; answer, notice, bill and fund flow know it', async () => {
  const transactionId = await breakIt(1800)
  const answer = await merchant.refund({
    transaction_id: transactionId,
    out_refund_no: `R${card.code}`,
    notify_url: receiver.url,
    amount: { refund: 600, total: 1800, currency: 'CNY' },
  })
  expect(answer).toMatchObject({ status: 200, json: { transaction_id: transactionId, status: 'PROCESSING' } })
  await merchant.advance(10)
  const [notice] = resourcesOf(receiver, merchant)
  expect(notice).toMatchObject({ transaction_id: transactionId, refund_status: 'SUCCESS' })
  const rows = await billOf({ bill_type: 'ALL' })
  const number = rows[0]?.商户订单号
  expect([answer.json.out_trade_no, notice.out_trade_no]).toEqual([number, number])
  expect(rows).toMatchObject([
    { 微信订单号: transactionId, 交易状态: 'SUCCESS' },
    { 微信订单号: transactionId, 交易状态: 'REFUND', 商户订单号: number, 交易类型: 'AUTH', 退款金额: '6.00' },
  ])
  const flow = rowsOf(await fetchBill(merchant, { bill_date: day, account_type: 'BASIC' }))
  expect(flow.map((row) => row.业务类型)).toEqual(['交易', '扣除交易手续费', '退还交易手续费', '退款'])
})

test('no refund finds it by its out_card_code', async () => {
  await breakIt(1800)
  expect(await merchant.refund(merchant.refundBody(card.code, 1800, 1800))).toMatchObject({
    status: 404,
    json: { code: 'RESOURCE_NOT_EXISTS' },
  })
})

test('it is found by transaction_id as any payment, and the card stays as it was when it is refunded', async () => {
  const transactionId = await breakIt(1800)
  const url = `/v3/pay/transactions/id/${transactionId}?mchid=${merchant.info.mchid}`
  expect((await merchant.call('GET', url)).json).toMatchObject({
    trade_type: 'AUTH',
    trade_state: 'SUCCESS',
    payer: { openid: 'oTestShopper' },
  })
  const before = await card.query()
  const amount = { refund: 1800, total: 1800, currency: 'CNY' }
  await merchant.refund({ transaction_id: transactionId, out_refund_no: `R${card.code}`, amount })
  await merchant.advance(10)
  expect(await card.query()).toEqual(before)
})
