import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestDb, refusal, type TestDb } from '../testing/database.ts'
import { type Ledger, openLedger } from '../testing/ledger.ts'
import type { Refund } from './table.ts'

const now = new Date('2026-11-21T10:00:00Z')

describe.each([18, 15] as const)('PostgreSQL %i refuses', (version) => {
  let testDb: TestDb
  let ledger: Ledger
  beforeAll(async () => {
    testDb = await openTestDb(version)
    ledger = openLedger(testDb, now)
  }, 120_000)
  afterAll(() => testDb?.close())

  const made = async (state: 'waiting' | 'proposed' = 'waiting') => {
    const charge = await ledger.paid()
    return ledger.reserved(charge.id, { state })
  }
  const set = ({ id }: Refund, values: Partial<Refund>) =>
    testDb.db.updateTable('refund').set(values).where('id', '=', id).execute()
  const accepted = { refund_id: '50300000000000000001', accepted_at: now }

  test.each([
    ['amount_fen', 1],
    ['reason', '别的'],
    ['out_refund_no', 'R1'],
    ['mchid', '1'],
    ['cause', 'shopper'],
    ['requested_by', 'Wang'],
    ['needs_approval', true],
    ['created_at', new Date(0)],
  ] as const)('to change %s of a refund', async (column, value) => {
    await expect(set(await made(), { [column]: value })).rejects.toEqual(refusal('ZP002'))
  })

  test('to delete a refund', async () => {
    const { id } = await made()
    await expect(testDb.db.deleteFrom('refund').where('id', '=', id).execute()).rejects.toEqual(refusal('ZP002'))
  })

  test('another request than the one that was sent first, and another number than WeChat Pay gave', async () => {
    const refund = await made()
    await set(refund, { request: '{}' })
    await expect(set(refund, { request: '{"amount":1}' })).rejects.toEqual(refusal('ZP002'))
    await expect(set(refund, { request: null })).rejects.toEqual(refusal('ZP002'))
    await set(refund, { state: 'processing', ...accepted, refund_id: `a${refund.out_refund_no.slice(-20)}` })
    await expect(set(refund, { refund_id: 'b' })).rejects.toEqual(refusal('ZP002'))
  })

  test('every way back', async () => {
    const refund = await made()
    const refund_id = `c${refund.out_refund_no.slice(-20)}`
    await set(refund, { state: 'succeeded', ...accepted, refund_id, success_time: now, next_query_at: null })
    for (const state of ['waiting', 'processing', 'abnormal', 'closed', 'withdrawn'] as const) {
      await expect(set(refund, { state, success_time: null })).rejects.toEqual(refusal('ZP001'))
    }
  })

  test('a success without its time, a time without a success', async () => {
    const rule = refusal('23514', 'refund_success_has_evidence')
    const [done, open] = [await made(), await made()]
    await expect(set(done, { state: 'succeeded', ...accepted, next_query_at: null })).rejects.toEqual(rule)
    await expect(set(open, { success_time: now })).rejects.toEqual(rule)
  })

  test('a state of WeChat Pay without its number, and a number that two share', async () => {
    const [first, second] = [await made(), await made()]
    await expect(set(first, { state: 'processing' })).rejects.toEqual(refusal('23514', 'refund_accepted_has_a_number'))
    const shared = { state: 'processing', ...accepted, refund_id: `d${first.out_refund_no.slice(-20)}` } as const
    await set(first, shared)
    await expect(set(second, shared)).rejects.toEqual(refusal('23505', 'refund_one_number'))
  })

  test('one that is under way and never looked at again', async () => {
    await expect(set(await made(), { next_query_at: null })).rejects.toEqual(
      refusal('23514', 'refund_under_way_is_queried'),
    )
  })

  test('that a proposal goes without a second person, or with the first one again', async () => {
    const refund = await made('proposed')
    const go = { state: 'waiting', next_query_at: now } as const
    await expect(set(refund, go)).rejects.toEqual(refusal('23514', 'refund_goes_with_approval'))
    await expect(set(refund, { ...go, approved_by: refund.requested_by })).rejects.toEqual(
      refusal('23514', 'refund_approved_by_another'),
    )
    await expect(set(refund, { request: '{}' })).rejects.toEqual(refusal('23514', 'refund_sent_after_approval'))
    await set(refund, { ...go, approved_by: 'Wang' })
  })

  test('an approval of what needs none, and a proposal of nobody', async () => {
    await expect(set(await made(), { approved_by: 'Wang' })).rejects.toEqual(
      refusal('23514', 'refund_goes_with_approval'),
    )
    const charge = await ledger.paid()
    await expect(ledger.reserve(charge.id, { state: 'proposed', requestedBy: null })).rejects.toEqual(
      refusal('23514', 'refund_person_asked'),
    )
  })

  test('a second movement of one refund', async () => {
    const refund = await made()
    const movement = {
      kind: 'refund' as const,
      provider_ref: `e${refund.id}`,
      mchid: refund.mchid,
      charge_id: refund.charge_id,
      amount_fen: -100,
      proof: 'query' as const,
      occurred_at: now,
      recorded_at: now,
    }
    await testDb.db.insertInto('movement').values(movement).execute()
    await expect(testDb.db.insertInto('movement').values(movement).execute()).rejects.toEqual(
      refusal('23505', 'movement_pkey'),
    )
  })
})
