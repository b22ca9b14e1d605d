import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunningSimulator, startSimulator } from '../../../index.ts'
import { TestMerchant } from '../../../testing/merchant.ts'

let simulator: RunningSimulator
let merchant: TestMerchant

beforeAll(async () => {
  simulator = await startSimulator()
  merchant = await TestMerchant.open(simulator.port)
  // Refunds of old orders come out of what was put in before.
  await merchant.control('POST', '/funds', { amountFen: 1_000_000 })
})
afterAll(() => simulator.close())

const refused = (status: number, code: string, message?: string) => ({
  status,
  json: message === undefined ? { code } : { code, message },
})
const mismatch = refused(400, 'INVALID_REQUEST', '您的请求参数与订单信息不一致')
/** A world of its own, for tests that move the clock or the switches. */
const otherWorld = async (switches: object = {}) => {
  const other = await TestMerchant.open(simulator.port)
  await other.control('PUT', '/switches', switches)
  return other
}
const transactionOf = async (outTradeNo: string) => (await merchant.control('GET', `/transactions/${outTradeNo}`)).json
const refundsOf = async (of: TestMerchant, outTradeNo: string) =>
  (await of.control('GET', `/refunds?outTradeNo=${outTradeNo}`)).json.refunds

describe('退款申请', () => {
  test('answers PROCESSING with every member, and the order is REFUND', async () => {
    const outTradeNo = await merchant.paidOrder(100)
    const { transactionId } = await transactionOf(outTradeNo)
    const body = merchant.refundBody(outTradeNo, 30, 100, { reason: '缺货', funds_account: 'AVAILABLE' })
    const answer = await merchant.refund(body)
    expect(answer.status).toBe(200)
    expect(answer.json).toEqual({
      refund_id: expect.stringMatching(/^50000\d{24}$/),
      out_refund_no: body.out_refund_no,
      transaction_id: transactionId,
      out_trade_no: outTradeNo,
      channel: 'ORIGINAL',
      user_received_account: '支付用户零钱',
      create_time: expect.stringMatching(/\+08:00$/),
      status: 'PROCESSING',
      funds_account: 'AVAILABLE',
      amount: {
        total: 100,
        refund: 30,
        payer_total: 100,
        payer_refund: 30,
        settlement_refund: 30,
        settlement_total: 100,
        discount_refund: 0,
        currency: 'CNY',
        refund_fee: 0,
      },
    })
    expect((await merchant.queryRefund(body.out_refund_no)).json).toEqual(answer.json)
    expect((await merchant.query(outTradeNo)).json).toMatchObject({
      trade_state: 'REFUND',
      trade_state_desc: '订单发生过退款',
      transaction_id: transactionId,
      amount: { total: 100, payer_total: 100 },
    })
  })

  test('finds the order by transaction_id, or by both numbers', async () => {
    const outTradeNo = await merchant.paidOrder()
    const { transactionId: transaction_id } = await transactionOf(outTradeNo)
    const { out_trade_no: _, ...byId } = merchant.refundBody(outTradeNo, 10, 100, { transaction_id })
    expect(await merchant.refund(byId)).toMatchObject({ status: 200, json: { out_trade_no: outTradeNo } })
    const other = await merchant.paidOrder()
    expect((await merchant.refund(merchant.refundBody(other, 10, 100, { transaction_id }))).json).toMatchObject(
      mismatch.json,
    )
    const { transactionId } = await transactionOf(other)
    const both = merchant.refundBody(other, 10, 100, { transaction_id: transactionId })
    expect((await merchant.refund(both)).status).toBe(200)
  })

  test('accepts every member of the wire reference', async () => {
    const outTradeNo = await merchant.paidOrder()
    const from = [
      { account: 'AVAILABLE', amount: 50 },
      { account: 'UNAVAILABLE', amount: 30 },
    ]
    const body = merchant.refundBody(outTradeNo, 80, 100, {
      reason: '商品已售完',
      funds_account: 'AVAILABLE',
      amount: { refund: 80, total: 100, currency: 'CNY', from },
      goods_detail: [
        {
          merchant_goods_id: '1217752501201407033233368018',
          wechatpay_goods_id: '1001',
          goods_name: '球拍',
          unit_price: 80,
          refund_amount: 80,
          refund_quantity: 1,
        },
      ],
    })
    const answer = await merchant.refund(body)
    expect(answer).toMatchObject({ status: 200, json: { amount: { from } } })
  })

  test('again with the same number and amount is the same refund, and moves no money twice', async () => {
    const other = await otherWorld()
    const outTradeNo = await other.paidOrder()
    const body = other.refundBody(outTradeNo, 60, 100)
    const first = await other.refund(body)
    const balance = (await other.control('GET', '/funds')).json
    expect((await other.refund({ ...body, reason: '别的' })).json).toEqual(first.json)
    expect(await refundsOf(other, outTradeNo)).toHaveLength(1)
    expect((await other.control('GET', '/funds')).json).toEqual(balance)
    await other.advance(5)
    expect((await other.refund(body)).json).toMatchObject({ refund_id: first.json.refund_id, status: 'SUCCESS' })
  })

  test('with a used number and another amount is refused', async () => {
    const outTradeNo = await merchant.paidOrder()
    const body = merchant.refundBody(outTradeNo, 60, 100)
    await merchant.refund(body)
    const message = '订单金额或退款金额与之前请求不一致，请核实后再试'
    for (const amount of [
      { refund: 61, total: 100, currency: 'CNY' },
      { refund: 60, total: 101, currency: 'CNY' },
    ]) {
      expect(await merchant.refund({ ...body, amount })).toMatchObject(refused(400, 'INVALID_REQUEST', message))
    }
    const elsewhere = await merchant.paidOrder()
    expect(await merchant.refund({ ...body, out_trade_no: elsewhere })).toMatchObject(mismatch)
    expect(await refundsOf(merchant, outTradeNo)).toMatchObject([{ amountFen: 60 }])
  })

  test.each(['unknown', 'unpaid', 'closed'])('of an order that is %s is RESOURCE_NOT_EXISTS', async (which) => {
    const order = merchant.orderBody()
    if (which !== 'unknown') await merchant.order(order)
    if (which === 'closed') await merchant.close(order.out_trade_no)
    const answer = await merchant.refund(merchant.refundBody(order.out_trade_no, 1, 100))
    expect(answer).toMatchObject(refused(404, 'RESOURCE_NOT_EXISTS'))
  })

  test("of another merchant's order is RESOURCE_NOT_EXISTS", async () => {
    const neighbour = await TestMerchant.open(simulator.port, { joins: merchant.info.mchid })
    const outTradeNo = await neighbour.paidOrder()
    const body = merchant.refundBody(outTradeNo, 1, 100)
    expect(await merchant.refund(body)).toMatchObject(refused(404, 'RESOURCE_NOT_EXISTS'))
    await neighbour.refund(body)
    expect((await merchant.queryRefund(body.out_refund_no)).status).toBe(404)
    expect((await neighbour.queryRefund(body.out_refund_no)).status).toBe(200)
  })

  test('with another total than the order’s is refused', async () => {
    const outTradeNo = await merchant.paidOrder()
    expect(await merchant.refund(merchant.refundBody(outTradeNo, 50, 99))).toMatchObject(mismatch)
  })

  test('never exceeds the order, however it is cut', async () => {
    const other = await otherWorld({ refundMinGapSeconds: 0 })
    const outTradeNo = await other.paidOrder()
    expect((await other.refund(other.refundBody(outTradeNo, 101, 100))).status).toBe(400)
    expect((await other.refund(other.refundBody(outTradeNo, 70, 100))).status).toBe(200)
    const message = '申请退款金额超过订单可退金额'
    expect(await other.refund(other.refundBody(outTradeNo, 31, 100))).toMatchObject(
      refused(400, 'INVALID_REQUEST', message),
    )
    expect((await other.refund(other.refundBody(outTradeNo, 30, 100))).status).toBe(200)
  })

  test('is made fifty times for one order, and no more', async () => {
    const other = await otherWorld({ refundMinGapSeconds: 0 })
    const outTradeNo = await other.paidOrder()
    for (let i = 0; i < 50; i++) expect((await other.refund(other.refundBody(outTradeNo, 1, 100))).status).toBe(200)
    expect(await other.refund(other.refundBody(outTradeNo, 1, 100))).toMatchObject(
      refused(400, 'INVALID_REQUEST', '一笔订单最多支持50次部分退款'),
    )
  })

  test('waits a minute after another one of the same order', async () => {
    const other = await otherWorld()
    const outTradeNo = await other.paidOrder()
    await other.refund(other.refundBody(outTradeNo, 10, 100))
    const second = other.refundBody(outTradeNo, 10, 100)
    expect(await other.refund(second)).toMatchObject(refused(429, 'FREQUENCY_LIMITED'))
    expect((await other.queryRefund(second.out_refund_no)).status).toBe(404)
    await other.advance(58)
    expect((await other.refund(second)).status).toBe(429)
    await other.advance(2)
    expect((await other.refund(second)).status).toBe(200)
  })

  test('is possible for 365 days', async () => {
    const other = await otherWorld()
    const outTradeNo = await other.paidOrder()
    await other.advance(365 * 86_400 - 60)
    expect((await other.refund(other.refundBody(outTradeNo, 10, 100))).status).toBe(200)
    await other.advance(120)
    const late = await other.refund(other.refundBody(outTradeNo, 10, 100))
    expect(late).toMatchObject(refused(400, 'INVALID_REQUEST', '订单已经超过可退款的最大期限（支付后一年内可退款）'))
  })

  test('leaves an order that is not closed, not ordered again, and never SUCCESS again', async () => {
    const order = merchant.orderBody()
    await merchant.order(order)
    await merchant.control('POST', `/transactions/${order.out_trade_no}/pay`, {})
    await merchant.refund(merchant.refundBody(order.out_trade_no, 100, 100))
    const paid = refused(400, 'INVALID_REQUEST', '该订单已支付')
    expect(await merchant.close(order.out_trade_no)).toMatchObject(paid)
    expect(await merchant.order(order)).toMatchObject(paid)
    const again = await merchant.control('POST', `/transactions/${order.out_trade_no}/pay`, {})
    expect(again).toMatchObject({ status: 409, json: { error: { code: 'ORDER_PAID' } } })
    const { tradeState, payerTotalFen } = await transactionOf(order.out_trade_no)
    expect([tradeState, payerTotalFen]).toEqual(['REFUND', 100])
  })
})

test('a query of an unknown number is RESOURCE_NOT_EXISTS', async () => {
  expect(await merchant.queryRefund('NOSUCH')).toMatchObject(refused(404, 'RESOURCE_NOT_EXISTS', '退款单不存在'))
})

describe('malformed', () => {
  test.each([
    ['no number of the order', { out_trade_no: undefined }, '/'],
    ['no number of its own', { out_refund_no: undefined }, '/out_refund_no'],
    ['a number with a slash', { out_refund_no: 'a/b' }, '/out_refund_no'],
    ['nothing to refund', { amount: { refund: 0, total: 100, currency: 'CNY' } }, '/amount/refund'],
    ['no currency', { amount: { refund: 1, total: 100 } }, '/amount/currency'],
    [
      'parts that do not add up',
      { amount: { refund: 2, total: 100, currency: 'CNY', from: [{ account: 'AVAILABLE', amount: 1 }] } },
      '/amount',
    ],
    ['a query in the notify_url', { notify_url: 'https://pay.example.com/n?a=1' }, '/notify_url'],
    ['a member that nobody knows', { refund_desc: '缺货' }, '/refund_desc'],
  ])('%s is PARAM_ERROR and names the member', async (_name, changes, field) => {
    const body = merchant.refundBody('ORDER-1', 1, 100, changes)
    const answer = await merchant.refund(body)
    expect(answer).toMatchObject({ status: 400, json: { code: 'PARAM_ERROR', detail: { field } } })
  })
})
