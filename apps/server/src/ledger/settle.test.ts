import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inTransaction } from '../kernel/db.ts'
import { insertOrder, openTestDb, type TestDb } from '../testing/database.ts'
import { effects } from '../testing/effects.ts'
import { closeCharge } from './close.ts'
import type { Evidence } from './compare.ts'
import { openCharge } from './open.ts'
import { settle } from './settle.ts'
import type { Charge } from './table.ts'

const now = new Date('2026-11-21T10:00:00Z')
const successTime = new Date('2026-11-21T10:00:05Z')

let testDb: TestDb
const use = (version: 15 | 18) => {
  beforeAll(async () => {
    testDb = await openTestDb(version)
  }, 120_000)
  afterAll(() => testDb?.close())
}

const run = (evidence: Evidence) => inTransaction(testDb.db, (tx) => settle(tx, { evidence, effects, now }))

async function openOne(orderId?: string): Promise<Charge> {
  const order = orderId
    ? await testDb.db.selectFrom('orders').selectAll().where('id', '=', orderId).executeTakeFirstOrThrow()
    : await insertOrder(testDb.db, { now })
  return inTransaction(testDb.db, (tx) =>
    openCharge(
      tx,
      {
        source: 'payments',
        purpose: 'order',
        subjectId: order.id,
        mchid: order.mchid,
        appid: order.appid,
        openid: order.openid,
        amountFen: order.amount_fen,
        description: order.description,
        expiresAt: order.expires_at,
      },
      { now, nextQueryAt: now },
    ),
  )
}

const evidenceFor = (charge: Charge, change: Partial<Evidence> = {}): Evidence => ({
  mchid: charge.mchid,
  outTradeNo: charge.out_trade_no,
  transactionId: `4200${charge.out_trade_no.slice(0, 24)}`,
  amountFen: charge.amount_fen,
  currency: 'CNY',
  appid: charge.appid,
  openid: charge.openid,
  successTime,
  proof: 'notification',
  ...change,
})

/** Everything that a settlement may touch. */
async function books(charge: Charge) {
  const { db } = testDb
  const [order, row, movements, fulfilments, refunds, anomalies] = await Promise.all([
    db.selectFrom('orders').selectAll().where('id', '=', charge.subject_id).executeTakeFirstOrThrow(),
    db.selectFrom('charge').selectAll().where('id', '=', charge.id).executeTakeFirstOrThrow(),
    db.selectFrom('movement').selectAll().where('charge_id', '=', charge.id).execute(),
    db.selectFrom('fulfilment').selectAll().where('order_id', '=', charge.subject_id).execute(),
    db.selectFrom('refund').selectAll().where('charge_id', '=', charge.id).execute(),
    db.selectFrom('anomaly').selectAll().where('out_trade_no', '=', charge.out_trade_no).execute(),
  ])
  return { order, charge: row, movements, fulfilments, refunds, anomalies }
}

const close = (charge: Charge) =>
  inTransaction(testDb.db, async (tx) => {
    await closeCharge(tx, charge)
    await tx.updateTable('orders').set({ state: 'closed' }).where('id', '=', charge.subject_id).execute()
  })

describe.each([18, 15] as const)('on PostgreSQL %i', (version) => {
  use(version)

  describe('evidence of a payment', () => {
    test('pays the order, grants it and records one movement', async () => {
      const charge = await openOne()
      expect(await run(evidenceFor(charge))).toMatchObject({ kind: 'settled' })
      const after = await books(charge)
      expect(after.order).toMatchObject({ state: 'paid', paid_charge_id: charge.id, paid_at: successTime })
      expect(after.charge).toMatchObject({ state: 'succeeded', settlement: 'settled', next_query_at: null })
      expect(after.movements).toMatchObject([{ kind: 'payment', amount_fen: 100, proof: 'notification' }])
      expect(after.fulfilments).toHaveLength(1)
      expect(after.anomalies).toEqual([])
    })

    test('that comes again, from wherever, changes nothing', async () => {
      const charge = await openOne()
      await run(evidenceFor(charge))
      const before = await books(charge)
      for (const proof of ['notification', 'query', 'bill'] as const) {
        expect(await run(evidenceFor(charge, { proof }))).toMatchObject({ kind: 'already' })
      }
      expect(await books(charge)).toEqual(before)
    })

    test('that comes forty times at once has one effect', async () => {
      const charge = await openOne()
      const results = await Promise.all(Array.from({ length: 40 }, () => run(evidenceFor(charge))))
      expect(results.filter((result) => result.kind === 'settled')).toHaveLength(1)
      expect(results.filter((result) => result.kind === 'already')).toHaveLength(39)
      const after = await books(charge)
      expect([after.movements.length, after.fulfilments.length]).toEqual([1, 1])
    })

    test('pays an order that was just being closed', async () => {
      const charge = await openOne()
      await testDb.db.updateTable('orders').set({ state: 'closing' }).where('id', '=', charge.subject_id).execute()
      await testDb.db.updateTable('charge').set({ state: 'closing' }).where('id', '=', charge.id).execute()
      expect(await run(evidenceFor(charge))).toMatchObject({ kind: 'settled' })
      expect((await books(charge)).order.state).toBe('paid')
    })
  })

  describe('evidence that contradicts our record', () => {
    test.each([
      ['amountFen', { amountFen: 99 }],
      ['amountFen', { amountFen: 101 }],
      ['currency', { currency: 'USD' }],
      ['appid', { appid: 'wxffffffffffffffff' }],
      ['openid', { openid: 'oSomebodyElse' }],
    ] as const)('settles nothing and is kept for a person: %s', async (field, change) => {
      const charge = await openOne()
      const before = await books(charge)
      const result = await run(evidenceFor(charge, change))
      expect(result).toMatchObject({
        kind: 'refused',
        anomaly: { kind: 'evidence_mismatch', detail: { fields: [field] } },
      })
      const after = await books(charge)
      expect(after.anomalies).toMatchObject([{ kind: 'evidence_mismatch', times: 1 }])
      expect({ ...after, anomalies: [] }).toEqual(before)
    })

    test('under another merchant number is about no charge of ours', async () => {
      const charge = await openOne()
      const result = await run(evidenceFor(charge, { mchid: '1900000999' }))
      expect(result).toMatchObject({ kind: 'refused', anomaly: { kind: 'unknown_charge' } })
      expect((await books(charge)).order.state).toBe('pending')
    })

    test('names a second transaction for a settled charge: nothing moves', async () => {
      const charge = await openOne()
      await run(evidenceFor(charge))
      const result = await run(evidenceFor(charge, { transactionId: '4200000000000000000000000000' }))
      expect(result).toMatchObject({ kind: 'refused', anomaly: { detail: { fields: ['transactionId'] } } })
      expect((await books(charge)).movements).toHaveLength(1)
    })

    test('is counted when it repeats, not piled up, and says nothing of the payer', async () => {
      const charge = await openOne()
      for (let i = 0; i < 3; i++) await run(evidenceFor(charge, { openid: 'oSomebodyElse' }))
      const { anomalies } = await books(charge)
      expect(anomalies).toMatchObject([{ times: 3 }])
      expect(JSON.stringify(anomalies)).not.toContain('oSomebodyElse')
    })
  })

  describe('money for an order that no longer waits', () => {
    test('paid after close: recorded, a refund waits to be sent, the order stays closed', async () => {
      const charge = await openOne()
      await close(charge)
      expect(await run(evidenceFor(charge))).toMatchObject({ kind: 'paid_after_close' })
      const after = await books(charge)
      expect(after.order.state).toBe('closed')
      expect(after.charge).toMatchObject({ settlement: 'paid_after_close', refund_reserved_fen: 100, refund_count: 1 })
      expect(after.refunds).toMatchObject([
        { cause: 'paid_after_close', amount_fen: 100, state: 'waiting', next_query_at: now, requested_by: null },
      ])
      expect(after.movements).toHaveLength(1)
      expect(after.fulfilments).toEqual([])
      expect(after.anomalies).toMatchObject([{ kind: 'paid_after_close' }])
      expect(await run(evidenceFor(charge))).toMatchObject({ kind: 'already' })
    })

    test('paid after close, more than a year ago: recorded, and a person has to see to it', async () => {
      const charge = await openOne()
      await close(charge)
      const longAgo = new Date(now.getTime() - 366 * 86_400_000)
      expect(await run(evidenceFor(charge, { successTime: longAgo }))).toMatchObject({
        kind: 'paid_after_close',
        anomaly: { detail: { refund: 'too_late' } },
      })
      const after = await books(charge)
      expect([after.refunds, after.charge.refund_reserved_fen]).toEqual([[], 0])
      expect(after.movements).toHaveLength(1)
    })

    test('paid by the charge before: the one that replaced it is to be closed at once', async () => {
      const first = await openOne()
      await inTransaction(testDb.db, (tx) => closeCharge(tx, first))
      const second = await openOne(first.subject_id)
      const stranger = await openOne()
      expect(await run(evidenceFor(first))).toMatchObject({ kind: 'settled' })
      expect((await books(second)).charge).toMatchObject({ state: 'closing', next_query_at: now })
      expect((await books(stranger)).charge.state).toBe('opened')
    })

    test.each(['first', 'second'] as const)(
      'paid twice: the %s payment to arrive pays, a refund of the other waits to be sent',
      async (leads) => {
        const first = await openOne()
        await inTransaction(testDb.db, (tx) => closeCharge(tx, first))
        const second = await openOne(first.subject_id)
        const [early, late] = leads === 'first' ? [first, second] : [second, first]
        expect(await run(evidenceFor(early))).toMatchObject({ kind: 'settled' })
        expect(await run(evidenceFor(late))).toMatchObject({ kind: 'paid_twice' })
        const after = await books(late)
        expect(after.order.paid_charge_id).toBe(early.id)
        expect(after.fulfilments).toHaveLength(1)
        expect(after.refunds).toMatchObject([{ cause: 'paid_twice', state: 'waiting' }])
        expect((await books(early)).refunds).toEqual([])
      },
    )
  })
})
