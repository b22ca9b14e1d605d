import { randomUUID } from 'node:crypto'
import { refunds } from '@shouyin/contracts/shopper'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { manualClock } from '../../kernel/clock.ts'
import type { MerchantCtx, RequestInfo, ShopperCtx } from '../../kernel/context.ts'
import { inTransaction } from '../../kernel/db.ts'
import { openCharge } from '../../ledger/open.ts'
import { lockWithCharge, moveRefund, recountRefunds } from '../../ledger/refunds.ts'
import { settle } from '../../ledger/settle.ts'
import { newMerchant, newShopper, testCtx } from '../../testing/context.ts'
import { openTestDb, type TestDb } from '../../testing/database.ts'
import { effects } from '../../testing/effects.ts'
import { placeOrder } from '../orders/place.ts'
import { approveRefundRequest } from './approve.ts'
import { declineRefundRequest } from './decline.ts'
import { listOrderRefunds } from './list.ts'
import { listRefundRequests } from './merchant-list.ts'
import { requestRefund } from './request.ts'

const AUTO_FEN = 5_000
const APPROVAL_FEN = 20_000
const clock = manualClock(new Date('2026-11-21T10:00:00Z'))
let testDb: TestDb
let merchant: MerchantCtx & RequestInfo
let woken = 0
beforeAll(async () => {
  testDb = await openTestDb()
  const base = testCtx({ db: testDb.db, clock, wake: () => void woken++ })
  const config = { ...base.config, refundAutoApproveFen: AUTO_FEN, refundApprovalAboveFen: APPROVAL_FEN }
  merchant = info(await newMerchant({ ...base, config }))
})
afterAll(() => testDb?.close())

const info = <C extends object>(ctx: C, idempotencyKey: string = randomUUID()) => ({
  ...ctx,
  requestId: 'r-1',
  operation: 'POST /test',
  idempotencyKey,
})

/** An order of 39.00, 58.00 or 268.00 yuan by name. */
async function paid(goodsId: 'towel' | 'swim-pass' | 'coach-lesson' = 'swim-pass') {
  const shopper = info(newShopper(merchant))
  const now = clock.now()
  const order = await inTransaction(testDb.db, (tx) => placeOrder(tx, shopper, [{ goodsId, quantity: 1 }]))
  const { id, mchid, appid, openid, amount_fen: amountFen, description, expires_at: expiresAt } = order
  const what = { source: 'payments', purpose: 'order', subjectId: id, mchid, appid, openid, description } as const
  await inTransaction(testDb.db, async (tx) => {
    const charge = await openCharge(tx, { ...what, amountFen, expiresAt }, { now, nextQueryAt: now })
    const { out_trade_no: outTradeNo } = charge
    const evidence = { mchid, appid, openid, outTradeNo, amountFen, transactionId: `42${outTradeNo.slice(-24)}` }
    const proof = { currency: 'CNY', successTime: now, proof: 'query' } as const
    await settle(tx, { evidence: { ...evidence, ...proof }, effects, now })
  })
  return { id, shopper, ask: (amountFen?: number, key?: string) => ask(info(shopper, key), id, amountFen) }
}

const ask = (shopper: ShopperCtx & RequestInfo, id: string, amountFen?: number) =>
  requestRefund(shopper, { id, reason: '买错了', ...(amountFen !== undefined && { amountFen }) })

const refundsInBooks = (orderId: string) =>
  testDb.db
    .selectFrom('refund')
    .innerJoin('charge', 'charge.id', 'refund.charge_id')
    .select(['refund.state', 'refund.cause', 'refund.amount_fen', 'refund.requested_by', 'charge.refund_reserved_fen'])
    .where('charge.subject_id', '=', orderId)
    .execute()

describe('a shopper who asks for money back', () => {
  test('gets a small sum without anybody: it is reserved and on its way at once', async () => {
    const { id, ask } = await paid('towel')
    const before = woken
    expect(await ask()).toMatchObject({ status: 'processing', origin: 'shopper', amountFen: 3_900, reason: '买错了' })
    expect(woken).toBe(before + 1)
    expect(await refundsInBooks(id)).toEqual([
      { state: 'waiting', cause: 'shopper', amount_fen: 3_900, requested_by: null, refund_reserved_fen: 3_900 },
    ])
  })

  test('waits for the shop above it, and many small requests are not small together', async () => {
    const { id, shopper, ask } = await paid()
    expect(await ask(3_000)).toMatchObject({ status: 'processing' })
    expect(await ask(2_001)).toMatchObject({ status: 'requested' })
    expect(await refundsInBooks(id)).toHaveLength(1)
    const shown = await listOrderRefunds(shopper, { id })
    expect(shown.refunds.map(({ status }) => status)).toEqual(['requested', 'processing'])
    expect(shown.refundableFen).toBe(2_800)
  })

  test('waits for the shop above what needs a second person, even where the settings let more go by themselves', async () => {
    const { id, shopper } = await paid()
    const config = { ...shopper.config, refundAutoApproveFen: 1_000_000, refundApprovalAboveFen: 2_000 }
    expect(await ask({ ...shopper, config }, id, 2_001)).toMatchObject({ status: 'requested' })
    expect(await refundsInBooks(id)).toEqual([])
  })

  test('gets the first answer again with the same key, and one request from twenty taps', async () => {
    const { id, ask } = await paid('towel')
    const key = randomUUID()
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask(100, key)))
    expect(new Set(answers.map((answer) => answer.id)).size).toBe(1)
    expect(await refundsInBooks(id)).toHaveLength(1)
  })

  test('cannot have two open requests, however many phones ask at once', async () => {
    const { ask } = await paid('coach-lesson')
    const results = await Promise.allSettled(Array.from({ length: 5 }, () => ask(10_000)))
    const refusals = results.flatMap((result) => (result.status === 'rejected' ? [result.reason.code] : []))
    expect(refusals).toEqual(Array(4).fill('REFUND_ALREADY_REQUESTED'))
  })

  test('is refused more than is left, on an unpaid order, and on somebody else’s', async () => {
    const { id, ask: askOwn } = await paid()
    await expect(askOwn(5_801)).rejects.toMatchObject({ code: 'REFUND_EXCEEDS_ORDER', field: 'amountFen' })
    const stranger = info(newShopper(merchant))
    await expect(ask(stranger, id)).rejects.toMatchObject({ code: 'ORDER_NOT_FOUND' })
    await expect(listOrderRefunds(stranger, { id })).rejects.toMatchObject({ code: 'ORDER_NOT_FOUND' })
    const unpaid = await inTransaction(testDb.db, (tx) => placeOrder(tx, stranger, [{ goodsId: 'towel', quantity: 1 }]))
    await expect(ask(stranger, unpaid.id)).rejects.toMatchObject({ code: 'ORDER_NOT_PAID' })
    expect(await listOrderRefunds(stranger, { id: unpaid.id })).toEqual({ refunds: [], refundableFen: 0 })
  })

  test.each(['towel', 'swim-pass'] as const)('asks in vain when the year is over, for a %s', async (goodsId) => {
    const { id, ask } = await paid(goodsId)
    clock.advance(366 * 86_400)
    await expect(ask()).rejects.toMatchObject({ code: 'REFUND_TOO_LATE' })
    expect(Object.keys(refunds.requestRefund.errors)).toContain('REFUND_TOO_LATE')
    expect(await refundsInBooks(id)).toEqual([])
  })

  test.each([AUTO_FEN, 0])(
    'asks in vain for a 51st part, where %i fen go by themselves',
    async (refundAutoApproveFen) => {
      const { id, shopper } = await paid('towel')
      await testDb.db.updateTable('charge').set({ refund_count: 50 }).where('subject_id', '=', id).execute()
      const ctx = { ...info(shopper), config: { ...shopper.config, refundAutoApproveFen } }
      await expect(ask(ctx, id, 1)).rejects.toMatchObject({ code: 'REFUND_COUNT_EXCEEDED' })
      expect(Object.keys(refunds.requestRefund.errors)).toContain('REFUND_COUNT_EXCEEDED')
    },
  )

  test('asks in vain once everything is back', async () => {
    const { ask } = await paid('towel')
    await ask()
    await expect(ask()).rejects.toMatchObject({ code: 'REFUND_EXCEEDS_ORDER' })
  })
})

describe('the shop', () => {
  const openRequest = async (goodsId: 'swim-pass' | 'coach-lesson' = 'swim-pass') => {
    const order = await paid(goodsId)
    const { id } = await order.ask()
    return { ...order, requestId: id }
  }

  test('approves: the sum is reserved for the shopper, and who did it is on record', async () => {
    const { id, requestId } = await openRequest()
    const approved = await approveRefundRequest(merchant, { id: requestId })
    expect(approved).toMatchObject({ state: 'approved', decidedBy: merchant.merchant.person, orderId: id })
    expect(await refundsInBooks(id)).toEqual([
      {
        ...{ state: 'waiting', cause: 'shopper', amount_fen: 5_800, refund_reserved_fen: 5_800 },
        requested_by: merchant.merchant.person,
      },
    ])
    const audit = await testDb.db.selectFrom('audit_entry').selectAll().where('subject', '=', requestId).execute()
    expect(audit).toMatchObject([{ action: 'refund-request.approve', detail: { refundId: approved.refundId } }])
  })

  test('approves a large sum as a proposal, which the shopper still sees as asked for', async () => {
    const { id, shopper, requestId } = await openRequest('coach-lesson')
    await approveRefundRequest(merchant, { id: requestId })
    expect(await refundsInBooks(id)).toMatchObject([{ state: 'proposed' }])
    expect((await listOrderRefunds(shopper, { id })).refunds).toMatchObject([{ status: 'requested' }])
  })

  test('has one open request per order, while a second person considers it too', async () => {
    const { ask } = await paid('coach-lesson')
    const { id } = await ask(APPROVAL_FEN + 1)
    await approveRefundRequest(merchant, { id })
    await expect(ask(1)).rejects.toMatchObject({ code: 'REFUND_ALREADY_REQUESTED' })
  })

  test('of whom a second person refuses a large sum: the shopper reads it, and may ask again', async () => {
    const { id, shopper, ask, requestId } = await openRequest('coach-lesson')
    const { refundId } = await approveRefundRequest(merchant, { id: requestId })
    await inTransaction(testDb.db, async (tx) => {
      const made = tx.selectFrom('refund').selectAll().where('id', '=', refundId)
      const { charge, refund } = await lockWithCharge(tx, await made.executeTakeFirstOrThrow())
      await moveRefund(tx, refund, { state: 'declined' })
      await recountRefunds(tx, charge.id)
    })
    expect(await listOrderRefunds(shopper, { id })).toMatchObject({
      refunds: [{ id: refundId, status: 'declined' }],
      refundableFen: 26_800,
    })
    expect(await ask()).toMatchObject({ status: 'requested' })
  })

  test('declines with a word; the shopper reads it and may ask again', async () => {
    const { id, shopper, ask, requestId } = await openRequest()
    expect(await declineRefundRequest(merchant, { id: requestId, note: '已经使用' })).toMatchObject({
      ...{ state: 'declined', note: '已经使用', refundId: null },
    })
    expect(await refundsInBooks(id)).toEqual([])
    expect((await listOrderRefunds(shopper, { id })).refunds).toMatchObject([{ status: 'declined', note: '已经使用' }])
    expect(await ask()).toMatchObject({ status: 'requested' })
  })

  test('decides once, whoever else decides at the same time', async () => {
    const { id, requestId } = await openRequest()
    const results = await Promise.allSettled([
      ...Array.from({ length: 4 }, () => approveRefundRequest(merchant, { id: requestId })),
      ...Array.from({ length: 4 }, () => declineRefundRequest(merchant, { id: requestId, note: '不行' })),
    ])
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect((await refundsInBooks(id)).length).toBeLessThanOrEqual(1)
    await expect(approveRefundRequest(merchant, { id: requestId })).rejects.toMatchObject({
      code: 'REFUND_REQUEST_DECIDED',
    })
  })

  test('lists what is open, page by page, newest first', async () => {
    const first = await openRequest()
    const second = await openRequest()
    const page = await listRefundRequests(merchant, { limit: 1, state: 'requested' })
    expect(page.requests).toMatchObject([{ id: second.requestId }])
    const older = await listRefundRequests(merchant, { limit: 1, state: 'requested', after: page.next ?? '' })
    expect(older.requests).toMatchObject([{ id: first.requestId }])
  })

  test.each(['nonsense', randomUUID()])('is told that there is no request %s', async (id) => {
    await expect(approveRefundRequest(merchant, { id })).rejects.toMatchObject({ code: 'REFUND_REQUEST_NOT_FOUND' })
  })
})
