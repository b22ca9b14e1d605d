import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inTransaction } from '../kernel/db.ts'
import { openTestDb, type TestDb } from '../testing/database.ts'
import { effects } from '../testing/effects.ts'
import { evidenceOf, type Ledger, openLedger } from '../testing/ledger.ts'
import { applyRefund } from './apply-refund.ts'
import type { RefundEvidence } from './compare-refund.ts'
import type { Charge, Refund } from './table.ts'

const now = new Date('2026-11-21T10:10:00Z')

describe.each([18, 15] as const)('on PostgreSQL %i', (version) => {
  let testDb: TestDb
  let ledger: Ledger
  beforeAll(async () => {
    testDb = await openTestDb(version)
    ledger = openLedger(testDb, now)
  }, 120_000)
  afterAll(() => testDb?.close())

  const apply = (evidence: RefundEvidence) =>
    inTransaction(testDb.db, (tx) => applyRefund(tx, { evidence, effects, now }))
  const waiting = async (amountFen = 300) => {
    const charge = await ledger.paid(1000)
    const refund = await ledger.reserved(charge.id, { amountFen })
    const tell = (status: RefundEvidence['status'], change: Partial<RefundEvidence> = {}) =>
      apply(evidenceOf(charge, refund, status, change))
    return { charge, refund, tell }
  }
  /** Everything that evidence about a refund may touch. */
  const books = async (charge: Charge) => ({
    charge: await ledger.charge(charge.id),
    refunds: await ledger.refundsOf(charge.id),
    movements: await ledger.movementsOf(charge.id),
    anomalies: await ledger.anomaliesOf(charge.out_trade_no),
  })

  describe('evidence of a refund', () => {
    test('SUCCESS ends it and records one movement, out of the shop', async () => {
      const { charge, refund, tell } = await waiting()
      expect(await tell('PROCESSING')).toMatchObject({ kind: 'moved', refund: { state: 'processing' } })
      expect(await tell('SUCCESS')).toMatchObject({ kind: 'moved', refund: { state: 'succeeded' } })
      const after = await books(charge)
      expect(after.movements).toMatchObject([{ amount_fen: -300, proof: 'notification' }])
      expect(after.refunds).toMatchObject([
        { id: refund.id, received_account: '支付用户零钱', next_query_at: null, problem: null },
      ])
      expect(after.charge).toMatchObject({ refund_reserved_fen: 300, refund_count: 1 })
      expect(after.anomalies).toEqual([])
    })

    test('that comes again, from wherever, changes nothing', async () => {
      const { charge, tell } = await waiting()
      await tell('SUCCESS')
      const before = await books(charge)
      for (const proof of ['notification', 'query', 'bill'] as const) {
        expect(await tell('SUCCESS', { proof })).toMatchObject({ kind: 'same' })
        expect(await tell('PROCESSING', { proof })).toMatchObject({ kind: 'late' })
        expect(await tell('ABNORMAL', { proof })).toMatchObject({ kind: 'late' })
      }
      expect(await books(charge)).toEqual(before)
    })

    test('that comes forty times at once has one effect', async () => {
      const { charge, tell } = await waiting()
      const results = await Promise.all(Array.from({ length: 40 }, () => tell('SUCCESS')))
      expect(results.filter((result) => result.kind === 'moved')).toHaveLength(1)
      expect(results.filter((result) => result.kind === 'same')).toHaveLength(39)
      expect((await books(charge)).movements).toHaveLength(1)
    })

    test('CLOSED gives the sum free for another refund and is kept for a person', async () => {
      const { charge, tell } = await waiting(1000)
      await tell('PROCESSING')
      expect(await tell('CLOSED')).toMatchObject({ kind: 'moved', anomaly: { kind: 'refund_closed' } })
      const after = await books(charge)
      expect([after.charge.refund_reserved_fen, after.movements]).toEqual([0, []])
      expect(await ledger.reserve(charge.id, { amountFen: 1000 })).toMatchObject({ kind: 'reserved' })
    })

    test('ABNORMAL holds the sum, is kept for a person and is asked about daily', async () => {
      const { charge, tell } = await waiting()
      expect(await tell('ABNORMAL')).toMatchObject({ kind: 'moved', anomaly: { kind: 'refund_abnormal' } })
      const { refunds, charge: after } = await books(charge)
      expect(after.refund_reserved_fen).toBe(300)
      expect(refunds).toMatchObject([{ next_query_at: new Date(now.getTime() + 86_400_000) }])
      expect(await tell('ABNORMAL')).toEqual({ kind: 'same', refund: refunds[0] })
    })

    test('PROCESSING after ABNORMAL is news only when it was sent again', async () => {
      const { refund, tell } = await waiting()
      await tell('ABNORMAL')
      expect(await tell('PROCESSING')).toMatchObject({ kind: 'late' })
      await testDb.db.updateTable('refund').set({ resent_at: now }).where('id', '=', refund.id).execute()
      expect(await tell('PROCESSING')).toMatchObject({
        kind: 'moved',
        refund: { state: 'processing', resent_at: null },
      })
      expect(await tell('SUCCESS')).toMatchObject({ kind: 'moved' })
    })

    test('of one that was withdrawn counts: its sum is taken again', async () => {
      const { charge, refund, tell } = await waiting()
      await withdraw(refund, charge)
      expect((await ledger.charge(charge.id)).refund_reserved_fen).toBe(0)
      expect(await tell('PROCESSING')).toMatchObject({ kind: 'moved', anomaly: { kind: 'withdrawn_refund' } })
      expect((await ledger.charge(charge.id)).refund_reserved_fen).toBe(300)
      expect(await tell('SUCCESS')).not.toHaveProperty('anomaly')
    })

    test('of more than the books thought possible is recorded all the same', async () => {
      const { charge, refund, tell } = await waiting(1000)
      await withdraw(refund, charge)
      await ledger.reserved(charge.id, { amountFen: 1000 })
      expect(await tell('SUCCESS')).toMatchObject({ kind: 'moved' })
      const after = await books(charge)
      expect(after.movements).toMatchObject([{ amount_fen: -1000 }])
      expect(after.charge.refund_reserved_fen).toBe(1000)
    })

    const withdraw = (refund: Refund, charge: Charge) =>
      inTransaction(testDb.db, async (tx) => {
        const set = { state: 'withdrawn', next_query_at: null } as const
        await tx.updateTable('refund').set(set).where('id', '=', refund.id).execute()
        await tx
          .updateTable('charge')
          .set({ refund_reserved_fen: 0, refund_count: 0 })
          .where('id', '=', charge.id)
          .execute()
      })
  })

  describe('evidence that contradicts our record', () => {
    test.each([
      ['amountFen', { amountFen: 299 }],
      ['amountFen', { amountFen: 301 }],
      ['outTradeNo', { outTradeNo: 'another-order' }],
      ['transactionId', { transactionId: '4200000000000000000000000000' }],
      ['successTime', { successTime: null }],
    ] as const)('changes nothing and is kept for a person: %s', async (field, change) => {
      const { charge, tell } = await waiting()
      const before = await books(charge)
      expect(await tell('SUCCESS', change)).toMatchObject({
        kind: 'refused',
        anomaly: { kind: 'refund_mismatch', detail: { fields: [field] } },
      })
      expect({ ...(await books(charge)), anomalies: [] }).toEqual(before)
    })

    test('a second 微信退款单号 for one refund, or one for two refunds', async () => {
      const { charge, refund, tell } = await waiting()
      await tell('PROCESSING')
      expect(await tell('SUCCESS', { refundId: '50300000000000000000' })).toMatchObject({
        anomaly: { detail: { fields: ['refundId'] } },
      })
      const second = await ledger.reserved(charge.id)
      const { refundId } = evidenceOf(charge, refund, 'SUCCESS')
      expect(await apply(evidenceOf(charge, second, 'SUCCESS', { refundId }))).toMatchObject({
        anomaly: { detail: { fields: ['refundHolder'] } },
      })
      expect(await ledger.movementsOf(charge.id)).toEqual([])
    })

    test.each([
      ['SUCCESS', 'CLOSED'],
      ['CLOSED', 'SUCCESS'],
    ] as const)('%s and then %s: a person has to look', async (first, second) => {
      const { charge, tell } = await waiting()
      await tell(first)
      const before = await books(charge)
      expect(await tell(second)).toMatchObject({ kind: 'refused', anomaly: { detail: { fields: ['status'] } } })
      expect((await books(charge)).movements).toEqual(before.movements)
    })

    test('about a proposal that nobody has approved', async () => {
      const charge = await ledger.paid(1000)
      const refund = await ledger.reserved(charge.id, { state: 'proposed' })
      expect(await apply(evidenceOf(charge, refund, 'SUCCESS'))).toMatchObject({ kind: 'refused' })
      expect(await ledger.refund(refund.id)).toMatchObject({ state: 'proposed' })
    })
  })

  describe('a refund that we did not make', () => {
    const byHand = { out_refund_no: '', amount_fen: 400 }
    const foreign = (charge: Charge, status: RefundEvidence['status'], change: Partial<RefundEvidence> = {}) => {
      const refund = { ...byHand, out_refund_no: `hand-${charge.out_trade_no}` }
      return evidenceOf(charge, refund, status, change)
    }

    test('is taken into the books: reserved, moved, and kept for a person', async () => {
      const charge = await ledger.paid(1000)
      expect(await apply(foreign(charge, 'PROCESSING'))).toMatchObject({
        kind: 'adopted',
        refund: { cause: 'foreign', state: 'processing' },
        anomaly: { kind: 'foreign_refund' },
      })
      expect(await ledger.reserve(charge.id, { amountFen: 601 })).toEqual({ kind: 'exceeds', refundableFen: 600 })
      expect(await apply(foreign(charge, 'SUCCESS'))).toMatchObject({ kind: 'moved' })
      const after = await books(charge)
      expect(after.movements).toMatchObject([{ amount_fen: -400 }])
      expect(after.charge).toMatchObject({ refund_reserved_fen: 400, refund_count: 1 })
    })

    test('is adopted once, however many tell of it at once', async () => {
      const charge = await ledger.paid(1000)
      const results = await Promise.all(Array.from({ length: 20 }, () => apply(foreign(charge, 'SUCCESS'))))
      expect(results.filter((result) => result.kind === 'adopted')).toHaveLength(1)
      const after = await books(charge)
      expect([after.refunds.length, after.movements.length]).toEqual([1, 1])
    })

    test('above what was paid is a contradiction', async () => {
      const charge = await ledger.paid(1000)
      expect(await apply(foreign(charge, 'SUCCESS', { amountFen: 1001 }))).toMatchObject({
        anomaly: { kind: 'refund_mismatch', detail: { fields: ['amountFen'] } },
      })
    })

    test('of an order that is not settled yet waits: the payment is asked about first', async () => {
      const charge = await ledger.open()
      const later = new Date(now.getTime() + 60_000)
      await testDb.db.updateTable('charge').set({ next_query_at: later }).where('id', '=', charge.id).execute()
      expect(await apply(foreign(charge, 'SUCCESS'))).toMatchObject({ kind: 'too_early' })
      expect(await ledger.charge(charge.id)).toMatchObject({ state: 'opened', next_query_at: now })
    })

    test('of no charge of ours is kept for a person', async () => {
      const charge = await ledger.paid(1000)
      const evidence = foreign(charge, 'SUCCESS', { outTradeNo: 'not-ours-at-all' })
      expect(await apply(evidence)).toMatchObject({ kind: 'refused', anomaly: { kind: 'unknown_refund' } })
      expect(await ledger.anomaliesOf('not-ours-at-all')).toHaveLength(1)
    })
  })

  test('all orders of events end alike', async () => {
    const histories = [
      ['PROCESSING', 'SUCCESS'],
      ['PROCESSING', 'ABNORMAL', 'SUCCESS'],
      ['PROCESSING', 'ABNORMAL', 'CLOSED'],
      ['PROCESSING', 'CLOSED'],
      ['PROCESSING', 'ABNORMAL'],
    ] as const
    const disturbed = fc
      .constantFrom(...histories)
      .chain((history) =>
        fc.tuple(fc.constant(history), fc.shuffledSubarray([...history, ...history], { minLength: history.length })),
      )
      .filter(([history, events]) => history.every((status) => events.includes(status)))
    await fc.assert(
      fc.asyncProperty(disturbed, async ([history, events]) => {
        const [inOrder, shuffled] = [await waiting(), await waiting()]
        for (const status of history) await inOrder.tell(status)
        for (const status of events) await shuffled.tell(status)
        expect(outcome(await books(shuffled.charge))).toEqual(outcome(await books(inOrder.charge)))
      }),
      { numRuns: 60 },
    )
  }, 60_000)

  const outcome = ({ charge, refunds, movements }: Awaited<ReturnType<typeof books>>) => ({
    reserved: charge.refund_reserved_fen,
    states: refunds.map(({ state, success_time }) => ({ state, success_time })),
    movements: movements.map(({ amount_fen, occurred_at }) => ({ amount_fen, occurred_at })),
  })
})
