import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type RunningSimulator, startSimulator } from '../../index.ts'
import { TestMerchant } from '../../testing/merchant.ts'

const PATH = '/v3/refund/domestic/refunds'

let simulator: RunningSimulator
let merchant: TestMerchant
let outTradeNo: string

beforeAll(async () => {
  simulator = await startSimulator()
})
afterAll(() => simulator.close())
beforeEach(async () => {
  merchant = await TestMerchant.open(simulator.port)
  outTradeNo = await merchant.paidOrder(1000)
})

/** Everything that a refund changes. */
const state = async () => ({
  transaction: (await merchant.control('GET', `/transactions/${outTradeNo}`)).json,
  refunds: (await merchant.control('GET', '/refunds')).json.refunds,
  funds: (await merchant.control('GET', '/funds')).json,
})
const byTransactionId = async () => {
  const { transactionId } = (await merchant.control('GET', `/transactions/${outTradeNo}`)).json
  const { out_trade_no: _, ...body } = merchant.refundBody(outTradeNo, 400, 1000, { transaction_id: transactionId })
  return body
}

describe('a refund that WeChat only says it accepted', () => {
  test.each(['out_trade_no', 'transaction_id'])('leaves no trace, named by %s', async (by) => {
    const before = await state()
    const body = by === 'out_trade_no' ? merchant.refundBody(outTradeNo, 400, 1000) : await byTransactionId()
    await merchant.setFaults({ kind: 'ok-without-effect', match: { path: PATH } })
    expect(await merchant.refund(body)).toMatchObject({ status: 200, json: { status: 'PROCESSING' } })
    expect(await state()).toEqual(before)
    expect((await merchant.queryRefund(body.out_refund_no)).status).toBe(404)
    await merchant.advance(60)
    expect(await state()).toEqual(before)
  })

  test('goes through when it is sent again', async () => {
    const body = merchant.refundBody(outTradeNo, 400, 1000)
    await merchant.setFaults({ kind: 'ok-without-effect', match: { path: PATH } })
    const lie = (await merchant.refund(body)).json
    const truth = (await merchant.refund(body)).json
    expect(truth.refund_id).not.toBe(lie.refund_id)
    await merchant.advance(5)
    expect((await state()).refunds).toMatchObject([{ refundId: truth.refund_id, status: 'SUCCESS' }])
  })

  test('stays as it was before, when only a repetition is a lie', async () => {
    const body = merchant.refundBody(outTradeNo, 400, 1000)
    await merchant.refund(body)
    const before = await state()
    await merchant.setFaults({ kind: 'ok-without-effect', match: { path: PATH } })
    await merchant.refund(body)
    expect(await state()).toEqual(before)
  })

  test('as to an abnormal refund, stays ABNORMAL', async () => {
    const body = merchant.refundBody(outTradeNo, 400, 1000)
    await merchant.setFaults({ kind: 'refund-abnormal' })
    const { refund_id: refundId } = (await merchant.refund(body)).json
    await merchant.advance(5)
    const before = await state()
    await merchant.setFaults({ kind: 'ok-without-effect', match: { outRefundNo: body.out_refund_no } })
    const input = { out_refund_no: body.out_refund_no, type: 'MERCHANT_BANK_CARD' }
    const answer = await merchant.call('POST', `${PATH}/${refundId}/apply-abnormal-refund`, input)
    expect(answer).toMatchObject({ status: 200, json: { status: 'PROCESSING' } })
    await merchant.advance(60)
    expect(await state()).toEqual(before)
    expect(before.refunds).toMatchObject([{ status: 'ABNORMAL' }])
  })
})

describe('a refund whose answer was lost', () => {
  test.each([
    ['error-after-effect', {}],
    ['reset-after-effect', {}],
    ['timeout-after-effect', { seconds: 0.02 }],
  ])('took effect once (%s): the same number answers it', async (kind, parameters) => {
    const body = merchant.refundBody(outTradeNo, 400, 1000)
    await merchant.setFaults({ kind, ...parameters, match: { path: PATH } })
    const lost = merchant.refund(body)
    if (kind === 'error-after-effect') expect(await lost).toMatchObject({ status: 500, json: { code: 'SYSTEM_ERROR' } })
    else await expect(lost).rejects.toThrow()
    const { refunds, funds } = await state()
    expect(refunds).toMatchObject([{ outRefundNo: body.out_refund_no, amountFen: 400 }])
    expect((await merchant.refund(body)).json.refund_id).toBe(refunds[0].refundId)
    expect((await state()).funds).toEqual(funds)
  })

  test.each(['error-before-effect', 'rate-limit'])('did not take effect (%s)', async (kind) => {
    const before = await state()
    await merchant.setFaults({ kind, match: { path: PATH } })
    expect((await merchant.refund(merchant.refundBody(outTradeNo, 400, 1000))).status).toBeGreaterThanOrEqual(429)
    expect(await state()).toEqual(before)
  })
})

describe('what is about a refund is found', () => {
  test('by either of its numbers, in faults of answers', async () => {
    const body = merchant.refundBody(outTradeNo, 400, 1000)
    await merchant.refund(body)
    for (const match of [{ outRefundNo: body.out_refund_no }, { outTradeNo }]) {
      await merchant.setFaults({ kind: 'rate-limit', match })
      expect((await merchant.queryRefund(body.out_refund_no)).status).toBe(429)
    }
    await merchant.setFaults({ kind: 'rate-limit', match: { outRefundNo: 'OTHER' } })
    expect((await merchant.queryRefund(body.out_refund_no)).status).toBe(200)
  })

  test('by the number of the refund, in faults of deliveries', async () => {
    const body = merchant.refundBody(outTradeNo, 400, 1000)
    await merchant.refund(body)
    const match = { outRefundNo: body.out_refund_no }
    await merchant.control('PUT', '/faults', {
      faults: [
        { kind: 'lose-notification', match: { outRefundNo: 'OTHER' } },
        { kind: 'lose-notification', match },
      ],
    })
    await merchant.advance(5)
    const { notifications } = (await merchant.control('GET', `/notifications?outTradeNo=${outTradeNo}`)).json
    expect(notifications.at(-1)).toMatchObject({ eventType: 'REFUND.SUCCESS', state: 'lost' })
  })

  test('by the number of the order, in the journal', async () => {
    const body = await byTransactionId()
    await merchant.refund(body)
    await merchant.queryRefund(body.out_refund_no)
    await merchant.queryRefund('OTHER')
    const { requests } = (await merchant.control('GET', `/requests?outTradeNo=${outTradeNo}`)).json
    expect(requests.slice(-2).map(({ method, path }: Record<string, string>) => [method, path])).toEqual([
      ['POST', PATH],
      ['GET', `${PATH}/${body.out_refund_no}`],
    ])
  })
})
