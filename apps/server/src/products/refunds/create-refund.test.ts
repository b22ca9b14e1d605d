import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { CREATE, openSales, type Sales } from '../../testing/refunds.ts'
import { createRefund } from './create-refund.ts'

let sales: Sales
beforeAll(async () => {
  sales = await openSales()
}, 120_000)
afterAll(() => sales?.close())
afterEach(() => sales.simulated.faults())

const auditOf = (subject: string) =>
  sales.ctx.db.selectFrom('audit_entry').selectAll().where('subject', '=', subject).orderBy('id').execute()

describe('a refund of the shop', () => {
  test('is accepted by WeChat Pay before the shop has its answer', async () => {
    const charge = await sales.paid()
    const refund = await sales.giveBack(charge)
    expect(refund).toMatchObject({
      state: 'processing',
      cause: 'merchant',
      amountFen: charge.amount_fen,
      outTradeNo: charge.out_trade_no,
      orderId: charge.subject_id,
      requestedBy: 'Lin',
      approvedBy: null,
      problem: null,
    })
    expect(await sales.atWechat(charge)).toMatchObject([
      { outRefundNo: refund.outRefundNo, refundId: refund.refundId, amountFen: charge.amount_fen },
    ])
    expect(await auditOf(refund.id)).toMatchObject([
      { action: 'refund.create', person: 'Lin', detail: { amountFen: charge.amount_fen, reason: '顾客改期' } },
    ])
  })

  test('may be a part, and the rest is the default of the next', async () => {
    const charge = await sales.paid()
    await sales.giveBack(charge, 800)
    expect(await sales.giveBack(charge)).toMatchObject({ amountFen: charge.amount_fen - 800 })
    await expect(sales.giveBack(charge)).rejects.toMatchObject({ code: 'REFUND_EXCEEDS_ORDER', field: 'amountFen' })
    await expect(sales.giveBack(charge, 1)).rejects.toMatchObject({ code: 'REFUND_EXCEEDS_ORDER' })
  })

  test('is made once per Idempotency-Key, however often it is asked for at once', async () => {
    const charge = await sales.paid()
    const ctx = { ...sales.lin, idempotencyKey: randomUUID() }
    const input = { id: charge.subject_id, amountFen: 100, reason: '一次' }
    const answers = await Promise.all(Array.from({ length: 12 }, () => createRefund(ctx, input)))
    expect(new Set(answers.map((answer) => answer.id)).size).toBe(1)
    expect(await sales.atWechat(charge)).toHaveLength(1)
    await expect(createRefund(ctx, { ...input, amountFen: 101 })).rejects.toMatchObject({
      code: 'IDEMPOTENCY_KEY_REUSED',
    })
  })

  test('forty at once for one order give back no more than was paid', async () => {
    const charge = await sales.paid()
    const results = await Promise.allSettled(Array.from({ length: 40 }, () => sales.giveBack(charge, 1000)))
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(5)
    const atWechat = await sales.atWechat(charge)
    expect(atWechat.reduce((sum, refund) => sum + refund.amountFen, 0)).toBe(5000)
  }, 60_000)

  test('of an order that nobody has paid is refused; of none, not found', async () => {
    const charge = await sales.tapped()
    await expect(sales.giveBack(charge)).rejects.toMatchObject({ code: 'ORDER_NOT_PAID' })
    const nowhere = { id: randomUUID(), reason: '没有' }
    await expect(createRefund(sales.lin, nowhere)).rejects.toMatchObject({ code: 'ORDER_NOT_FOUND', field: 'id' })
  })

  test('after a year is refused before WeChat Pay hears of it', async () => {
    const charge = await sales.paid()
    const later = { ...sales.lin, clock: { now: () => new Date(Date.now() + 366 * 86_400_000) } }
    await expect(sales.giveBack(charge, 1, { by: later })).rejects.toMatchObject({ code: 'REFUND_TOO_LATE' })
    expect(await sales.refundsOf(charge)).toEqual([])
  })
})

describe('a payment of which no notification came', () => {
  test('is asked about first: the refund goes at once', async () => {
    const charge = await sales.tapped()
    await sales.simulated.pay(charge.out_trade_no)
    expect(await sales.giveBack(charge, 500)).toMatchObject({ state: 'processing', amountFen: 500 })
    expect(await sales.latest(charge.subject_id)).toMatchObject({ state: 'succeeded', settlement: 'settled' })
  })

  test('while WeChat Pay does not answer: try again, and nothing is reserved', async () => {
    const charge = await sales.tapped()
    await sales.simulated.pay(charge.out_trade_no)
    await sales.simulated.faults({ match: { path: '/v3/pay/*' }, kind: 'unsigned-response', count: 9 })
    await expect(sales.giveBack(charge, 500)).rejects.toMatchObject({ code: 'WECHATPAY_UNAVAILABLE' })
    await sales.simulated.faults()
    expect(await sales.giveBack(charge, 500)).toMatchObject({ state: 'processing' })
  })
})

describe('WeChat Pay does not take it at once', () => {
  test.each([
    { kind: 'error-before-effect' },
    { kind: 'reset-before-effect' },
    { kind: 'rate-limit' },
    { kind: 'error-before-effect', status: 403, code: 'NOT_ENOUGH' },
  ])('$kind $code: the shop sees that it waits, and the sweep sends it', async (fault) => {
    const charge = await sales.paid()
    await sales.simulated.faults({ match: { method: 'POST', path: CREATE }, ...fault })
    const refund = await sales.giveBack(charge, 300)
    expect(refund).toMatchObject({ state: 'waiting', refundId: null })
    expect(await sales.atWechat(charge)).toEqual([])
    await sales.advance(60)
    await sales.sweep()
    expect(await sales.refund(refund.id)).toMatchObject({ state: 'processing', problem: null })
    expect(await sales.atWechat(charge)).toHaveLength(1)
  })
})

describe('above the set sum', () => {
  const strict = (limitFen: number) => ({
    ...sales.lin,
    config: { ...sales.lin.config, refundApprovalAboveFen: limitFen },
  })

  test('it is a proposal, of which WeChat Pay does not hear', async () => {
    const charge = await sales.paid()
    const refund = await sales.giveBack(charge, 501, { by: strict(500) })
    expect(refund).toMatchObject({ state: 'proposed', requestedBy: 'Lin', approvedBy: null })
    await sales.advance(3600)
    await sales.sweep()
    expect(await sales.refund(refund.id)).toMatchObject({ state: 'proposed', request: null })
    expect(await sales.atWechat(charge)).toEqual([])
  })

  test('counted per order: a sum in many small parts needs a second person too', async () => {
    const charge = await sales.paid()
    expect(await sales.giveBack(charge, 300, { by: strict(500) })).toMatchObject({ state: 'processing' })
    expect(await sales.giveBack(charge, 201, { by: strict(500) })).toMatchObject({ state: 'proposed' })
  })
})
