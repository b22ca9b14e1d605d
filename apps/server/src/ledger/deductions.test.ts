import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inTransaction } from '../kernel/db.ts'
import { insertOrder, openTestDb, type TestDb } from '../testing/database.ts'
import { insertDeduction, numberOfWechat } from '../testing/deductions.ts'
import { effects } from '../testing/effects.ts'
import { evidenceOf, type Ledger, openLedger, paymentOf } from '../testing/ledger.ts'
import { applyRefund } from './apply-refund.ts'
import { claimDueCharges } from './claim-due.ts'
import type { RefundEvidence } from './compare-refund.ts'
import { NEVER, openCharge } from './open.ts'
import { settle } from './settle.ts'
import type { Charge } from './table.ts'

const now = new Date('2026-11-21T10:10:00Z')

const sources = [
  ['a lesson', 'payscore'],
  ['a card', 'discount-card'],
] as const

describe.each([18, 15] as const)('on PostgreSQL %i', (version) => {
  let testDb: TestDb
  let ledger: Ledger
  beforeAll(async () => {
    testDb = await openTestDb(version)
    ledger = openLedger(testDb, now)
  }, 120_000)
  afterAll(() => testDb?.close())

  const subjectOf = ({ purpose, subject_id }: Charge) =>
    testDb.db
      .selectFrom(purpose === 'lesson' ? 'lesson' : 'card')
      .select(['state', 'paid_charge_id', 'paid_at'])
      .where('id', '=', subject_id)
      .executeTakeFirstOrThrow()
  const deduct = async (charge: Charge) => {
    const evidence = paymentOf(charge, now)
    return inTransaction(testDb.db, (tx) => settle(tx, { evidence, effects, now }))
  }
  const apply = (evidence: RefundEvidence) =>
    inTransaction(testDb.db, (tx) => applyRefund(tx, { evidence, effects, now }))

  describe.each(sources)('the charge of a deduction for %s', (_, source) => {
    test('has the number that WeChat Pay knows the subject by, and no end', async () => {
      const number = `${source}-1*`
      const { id, out_trade_no, expires_at } = await insertDeduction(testDb.db, { source, now, number })
      expect(out_trade_no).toBe(number)
      expect((await ledger.charge(id)).expires_at).toEqual(NEVER)
      expect(expires_at.toISOString()).toBe('9999-12-30T16:00:00.000Z')
    })

    test('pays its subject when it settles, once', async () => {
      const charge = await insertDeduction(testDb.db, { source, now })
      expect(await deduct(charge)).toMatchObject({ kind: 'settled' })
      expect(await deduct(charge)).toMatchObject({ kind: 'already' })
      expect(await subjectOf(charge)).toMatchObject({ state: 'paid', paid_charge_id: charge.id, paid_at: now })
    })

    test('is asked about by its own product only', async () => {
      const deduction = await insertDeduction(testDb.db, { source, now })
      const order = await ledger.open()
      const claim = (of: Charge['source']) =>
        inTransaction(testDb.db, async (tx) => {
          const due = { source: of, now, limit: 1000, nextQueryAt: () => now }
          return (await claimDueCharges(tx, due)).map(({ id }) => id)
        })
      for (const of of ['payments', 'payscore', 'discount-card'] as const) {
        const claimed = await claim(of)
        expect([claimed.includes(order.id), claimed.includes(deduction.id)]).toEqual([of === 'payments', of === source])
      }
    })
  })

  test('a deduction goes back by itself when its lesson was cancelled', async () => {
    const charge = await insertDeduction(testDb.db, { now })
    const ended = { state: 'cancelled', cancelled_at: now } as const
    await testDb.db.updateTable('lesson').set(ended).where('id', '=', charge.subject_id).execute()
    expect(await deduct(charge)).toMatchObject({ kind: 'paid_after_close' })
    expect(await ledger.refundsOf(charge.id)).toMatchObject([{ cause: 'paid_after_close', amount_fen: 1000 }])
  })

  test('one source asks for one purpose, says the database too', async () => {
    const { id: subjectId, mchid, appid, openid, description } = await insertOrder(testDb.db, { now })
    const what = { subjectId, mchid, appid, openid, description, amountFen: 100, expiresAt: NEVER }
    for (const kind of [
      { source: 'payscore', purpose: 'order' },
      { source: 'payments', purpose: 'lesson' },
      { source: 'discount-card', purpose: 'order' },
      { source: 'payments', purpose: 'card' },
      { source: 'discount-card', purpose: 'lesson' },
      { source: 'payscore', purpose: 'card' },
    ] as const) {
      const opening = inTransaction(testDb.db, (tx) => openCharge(tx, { ...what, ...kind }, { now, nextQueryAt: now }))
      await expect(opening).rejects.toThrow('charge_source_fits_purpose')
    }
  })

  describe.each(sources)('a refund of a deduction for %s', (_, source) => {
    const deducted = async (): Promise<Charge> => {
      const charge = await insertDeduction(testDb.db, { source, now })
      await deduct(charge)
      return ledger.charge(charge.id)
    }
    const named = (charge: Charge) => ({ outTradeNo: numberOfWechat(charge) })

    test("is known by 微信订单号: the 商户订单号 of its notices is WeChat's own", async () => {
      const charge = await deducted()
      const refund = await ledger.reserved(charge.id, { amountFen: 300 })
      expect(await apply(evidenceOf(charge, refund, 'SUCCESS', named(charge)))).toMatchObject({
        kind: 'moved',
        refund: { id: refund.id, state: 'succeeded' },
      })
      expect(await ledger.movementsOf(charge.id)).toMatchObject([{ amount_fen: -300 }])
    })

    test('that was made by hand in 商户平台 is adopted', async () => {
      const charge = await deducted()
      const byHand = { out_refund_no: `hand${charge.out_trade_no.slice(-20)}`, amount_fen: 400 }
      expect(await apply(evidenceOf(charge, byHand, 'SUCCESS', named(charge)))).toMatchObject({
        kind: 'adopted',
        anomaly: { kind: 'foreign_refund' },
      })
      expect(await ledger.refundsOf(charge.id)).toMatchObject([{ cause: 'foreign', amount_fen: 400 }])
    })

    test('with another 微信订单号 is of something else', async () => {
      const charge = await deducted()
      const refund = await ledger.reserved(charge.id, { amountFen: 300 })
      const other = { ...named(charge), transactionId: '4200000000000000000000000099' }
      expect(await apply(evidenceOf(charge, refund, 'SUCCESS', other))).toMatchObject({
        kind: 'refused',
        anomaly: { kind: 'refund_mismatch', detail: { fields: ['transactionId'] } },
      })
    })

    test('of another merchant is of nobody here', async () => {
      const charge = await deducted()
      const theirs = { out_refund_no: 'theirs', amount_fen: 1 }
      const elsewhere = { ...named(charge), mchid: '1900000099' }
      expect(await apply(evidenceOf(charge, theirs, 'SUCCESS', elsewhere))).toMatchObject({
        kind: 'refused',
        anomaly: { kind: 'unknown_refund' },
      })
    })

    test('is not found by 微信订单号 where the number is ours: there the number counts', async () => {
      const charge = await ledger.paid()
      const refund = await ledger.reserved(charge.id, { amountFen: 300 })
      expect(await apply(evidenceOf(charge, refund, 'SUCCESS', named(charge)))).toMatchObject({
        kind: 'refused',
        anomaly: { kind: 'refund_mismatch', detail: { fields: ['outTradeNo'] } },
      })
      const byHand = { out_refund_no: 'by-hand', amount_fen: 1 }
      expect(await apply(evidenceOf(charge, byHand, 'SUCCESS', named(charge)))).toMatchObject({
        kind: 'refused',
        anomaly: { kind: 'unknown_refund' },
      })
    })
  })
})
