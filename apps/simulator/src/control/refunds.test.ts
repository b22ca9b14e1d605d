import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type RunningSimulator, startSimulator } from '../index.ts'
import { TestMerchant } from '../testing/merchant.ts'
import { problem } from '../testing/problem.ts'
import { type Receiver, startReceiver } from '../testing/receiver.ts'

let simulator: RunningSimulator
let receiver: Receiver
let merchant: TestMerchant

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
})

describe('the refunds of a world', () => {
  test('are listed newest first, with everything that is known of them, by order too', async () => {
    const [first, second] = [await merchant.paidOrder(), await merchant.paidOrder()]
    const body = merchant.refundBody(first, 40, 100, { reason: '缺货' })
    const { refund_id: refundId, transaction_id: transactionId } = (await merchant.refund(body)).json
    await merchant.refund(merchant.refundBody(second, 100, 100))
    const all = (await merchant.control('GET', '/refunds')).json.refunds
    expect(all.map(({ outTradeNo }: { outTradeNo: string }) => outTradeNo)).toEqual([second, first])
    const { refunds } = (await merchant.control('GET', `/refunds?outTradeNo=${first}`)).json
    expect(refunds).toEqual([
      {
        outRefundNo: body.out_refund_no,
        refundId,
        outTradeNo: first,
        transactionId,
        mchid: merchant.info.mchid,
        status: 'PROCESSING',
        amountFen: 40,
        totalFen: 100,
        payerRefundFen: 40,
        payerTotalFen: 100,
        feeRefundFen: 0,
        reason: '缺货',
        notifyUrl: 'http://127.0.0.1:9/notify',
        source: 'API',
        channel: 'ORIGINAL',
        userReceivedAccount: '支付用户零钱',
        isFunded: true,
        createdAt: expect.stringMatching(/\+08:00$/),
        dueAt: expect.stringMatching(/\+08:00$/),
        successTime: null,
      },
    ])
    expect((await merchant.control('GET', `/refunds/${body.out_refund_no}`)).json).toEqual(refunds[0])
  })

  test('leave the shape of transactions as it is, but for the state', async () => {
    const outTradeNo = await merchant.paidOrder()
    const before = (await merchant.control('GET', `/transactions/${outTradeNo}`)).json
    await merchant.refund(merchant.refundBody(outTradeNo, 40, 100))
    expect((await merchant.control('GET', `/transactions/${outTradeNo}`)).json).toEqual({
      ...before,
      tradeState: 'REFUND',
    })
  })

  test('of an unknown number are a clear 404', async () => {
    expect(await merchant.control('GET', '/refunds/NOSUCH')).toMatchObject(
      problem(404, 'REFUND_NOT_FOUND', 'outRefundNo'),
    )
    expect((await merchant.control('GET', '/refunds?outTradeNo=NOSUCH')).json).toEqual({ refunds: [] })
  })
})

describe('a person', () => {
  test.each(['SUCCESS', 'ABNORMAL', 'CLOSED'])('makes a refund %s at once', async (status) => {
    const body = merchant.refundBody(await merchant.paidOrder(), 40, 100, { notify_url: receiver.url })
    await merchant.refund(body)
    const answer = await merchant.control('POST', `/refunds/${body.out_refund_no}/finish`, { status })
    expect(answer).toMatchObject({ status: 200, json: { status, dueAt: null } })
    await merchant.advance(60)
    expect((await merchant.queryRefund(body.out_refund_no)).json.status).toBe(status)
    const { notifications } = (await merchant.control('GET', '/notifications')).json
    expect(notifications.at(-1)).toMatchObject({ eventType: `REFUND.${status}`, state: 'delivered' })
  })

  test('does not change how a refund ended', async () => {
    const body = merchant.refundBody(await merchant.paidOrder(), 40, 100)
    await merchant.refund(body)
    await merchant.control('POST', `/refunds/${body.out_refund_no}/finish`)
    for (const status of ['SUCCESS', 'CLOSED', 'ABNORMAL']) {
      const answer = await merchant.control('POST', `/refunds/${body.out_refund_no}/finish`, { status })
      expect(answer).toMatchObject(problem(409, 'REFUND_STATE', 'status'))
    }
    const wrong = await merchant.control('POST', `/refunds/${body.out_refund_no}/finish`, { status: 'PROCESSING' })
    expect(wrong).toMatchObject(problem(400, 'INVALID_INPUT', 'status'))
  })

  test('refunds by hand in 商户平台 what is left, twice in a minute, under numbers of WeChat', async () => {
    await merchant.control('PUT', '/switches', { refundCallbackUrl: receiver.url })
    receiver.received.length = 0
    const outTradeNo = await merchant.paidOrder(1000)
    const part = await merchant.control('POST', `/transactions/${outTradeNo}/refund`, {
      amountFen: 300,
      reason: '缺货',
    })
    expect(part).toMatchObject({
      status: 200,
      json: {
        outRefundNo: expect.stringMatching(/^REF42000\d{23}$/),
        amountFen: 300,
        totalFen: 1000,
        reason: '缺货',
        source: 'VENDOR_PLATFORM',
        notifyUrl: null,
      },
    })
    const rest = (await merchant.control('POST', `/transactions/${outTradeNo}/refund`)).json
    expect(rest).toMatchObject({ amountFen: 700, reason: null })
    expect((await merchant.queryRefund(rest.outRefundNo)).json).toMatchObject({
      status: 'PROCESSING',
      amount: { refund: 700 },
    })
    await merchant.advance(5)
    expect(receiver.received).toHaveLength(2)
    for (const { body } of receiver.received) expect(body.toString()).toContain('<req_info>')
    expect(await merchant.control('POST', `/transactions/${outTradeNo}/refund`)).toMatchObject(problem(409, 'TOO_MUCH'))
  })

  test.each([
    ['unpaid', {}, 409, 'ORDER_NOT_PAID', undefined],
    ['short of money', {}, 409, 'BALANCE_SHORT', undefined],
    ['paid', { amountFen: 0 }, 400, 'INVALID_INPUT', 'amountFen'],
    ['paid', { amountFen: 1.5 }, 400, 'INVALID_INPUT', 'amountFen'],
    ['paid', { reason: '因'.repeat(81) }, 400, 'INVALID_INPUT', 'reason'],
    ['paid', { fen: 1 }, 400, 'INVALID_INPUT', 'fen'],
    ['unknown', {}, 404, 'TRANSACTION_NOT_FOUND', 'outTradeNo'],
  ])('of an order that is %s with %j gets %i %s', async (which, input, status, code, field) => {
    const order = merchant.orderBody()
    if (which !== 'unknown') await merchant.order(order)
    if (which !== 'unknown' && which !== 'unpaid') {
      await merchant.control('POST', `/transactions/${order.out_trade_no}/pay`, {})
    }
    if (which === 'short of money') await merchant.control('POST', '/funds', { amountFen: -90 })
    const answer = await merchant.control('POST', `/transactions/${order.out_trade_no}/refund`, input)
    expect(answer).toMatchObject(problem(status, code, field))
  })
})

describe('a coupon', () => {
  test('is spent on the phone too', async () => {
    const order = merchant.orderBody()
    const { prepay_id: prepayId } = (await merchant.order(order)).json
    const given = { ...merchant.payParameters(prepayId), openid: 'oTestShopper', action: 'pay' }
    const all = await merchant.control('POST', '/client/request-payment', { ...given, couponFen: 100 })
    expect(all.json).toMatchObject({
      reason: 'COUPON_TOO_LARGE',
      errMsg: 'requestPayment:fail 代金券金额必须小于订单金额',
    })
    const answer = await merchant.control('POST', '/client/request-payment', {
      ...given,
      couponFen: 30,
      couponType: 'CASH',
    })
    expect(answer.json.errMsg).toBe('requestPayment:ok')
    expect((await merchant.query(order.out_trade_no)).json).toMatchObject({
      amount: { total: 100, payer_total: 70 },
      promotion_detail: [{ type: 'CASH', amount: 30, wechatpay_contribute: 30 }],
    })
    expect((await merchant.control('GET', `/transactions/${order.out_trade_no}`)).json.payerTotalFen).toBe(70)
  })

  test.each([
    [{ couponFen: -1 }, 400, 'INVALID_INPUT', 'couponFen'],
    [{ couponFen: 1, couponType: 'GIFT' }, 400, 'INVALID_INPUT', 'couponType'],
    [{ couponFen: 100 }, 409, 'COUPON_TOO_LARGE', undefined],
  ])('%j is refused and pays nothing', async (input, status, code, field) => {
    const order = merchant.orderBody()
    await merchant.order(order)
    const answer = await merchant.control('POST', `/transactions/${order.out_trade_no}/pay`, input)
    expect(answer).toMatchObject(problem(status, code, field))
    expect((await merchant.query(order.out_trade_no)).json.trade_state).toBe('NOTPAY')
  })
})
