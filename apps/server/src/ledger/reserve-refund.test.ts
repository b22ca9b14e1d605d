import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestDb, type TestDb } from '../testing/database.ts'
import { type Ledger, openLedger } from '../testing/ledger.ts'
import { firstState } from './reserve-refund.ts'

const now = new Date('2026-11-21T10:00:00Z')
const DAY_MS = 86_400_000

describe.each([18, 15] as const)('on PostgreSQL %i', (version) => {
  let testDb: TestDb
  let ledger: Ledger
  beforeAll(async () => {
    testDb = await openTestDb(version)
    ledger = openLedger(testDb, now)
  }, 120_000)
  afterAll(() => testDb?.close())

  test('of 200 refunds of 30 fen that want 1000 fen at once, 33 are made', async () => {
    const { id } = await ledger.paid(1000)
    const results = await Promise.all(Array.from({ length: 200 }, () => ledger.reserve(id, { amountFen: 30 })))
    const refused = results.filter((result) => result.kind === 'exceeds')
    expect(results.filter((result) => result.kind === 'reserved')).toHaveLength(33)
    expect(refused).toHaveLength(167)
    expect(new Set(refused.map((result) => result.refundableFen))).toEqual(new Set([10]))
    expect(await ledger.charge(id)).toMatchObject({ refund_reserved_fen: 990, refund_count: 33 })
    expect(new Set((await ledger.refundsOf(id)).map((refund) => refund.out_refund_no)).size).toBe(33)
  })

  test('the last fen can go back, and then no more', async () => {
    const { id } = await ledger.paid(1000)
    expect(await ledger.reserve(id, { amountFen: 999 })).toMatchObject({ kind: 'reserved' })
    expect(await ledger.reserve(id, { amountFen: 2 })).toEqual({ kind: 'exceeds', refundableFen: 1 })
    expect(await ledger.reserve(id, { amountFen: 1 })).toMatchObject({ kind: 'reserved' })
    expect(await ledger.reserve(id, { amountFen: 1 })).toEqual({ kind: 'exceeds', refundableFen: 0 })
  })

  test('a payment goes back in at most 50 parts', async () => {
    const { id } = await ledger.paid(1000)
    for (let i = 0; i < 50; i++) expect((await ledger.reserve(id, { amountFen: 1 })).kind).toBe('reserved')
    expect(await ledger.reserve(id, { amountFen: 1 })).toEqual({ kind: 'too_many' })
    expect(await ledger.charge(id)).toMatchObject({ refund_reserved_fen: 50, refund_count: 50 })
  })

  test('for a year after the payment, to the day', async () => {
    const onTime = await ledger.paid(1000, new Date(now.getTime() - 365 * DAY_MS))
    expect(await ledger.reserve(onTime.id)).toMatchObject({ kind: 'reserved' })
    const late = await ledger.paid(1000, new Date(now.getTime() - 365 * DAY_MS - 1000))
    expect(await ledger.reserve(late.id)).toEqual({ kind: 'too_late' })
    expect(await ledger.refundsOf(late.id)).toEqual([])
  })

  test('has a number of its own from the start, that fits WeChat Pay, and is due at once', async () => {
    const { id } = await ledger.paid()
    const refund = await ledger.reserved(id)
    expect(refund.out_refund_no).toMatch(/^R[0-9a-f]{32}$/)
    expect(refund.out_refund_no).toBe(`R${refund.id.replaceAll('-', '')}`)
    expect(refund).toMatchObject({ state: 'waiting', next_query_at: now, request: null, needs_approval: false })
  })

  test('a proposal holds its sum, and waits for a person, not for the sweep', async () => {
    const { id } = await ledger.paid()
    const refund = await ledger.reserved(id, { amountFen: 600, state: 'proposed' })
    expect(refund).toMatchObject({ state: 'proposed', next_query_at: null, needs_approval: true })
    expect(await ledger.reserve(id, { amountFen: 401 })).toEqual({ kind: 'exceeds', refundableFen: 400 })
  })

  test('nothing goes back of what was not paid: the database refuses', async () => {
    const { id } = await ledger.open()
    await expect(ledger.reserve(id)).rejects.toMatchObject({ constraint: 'charge_refunds_need_success' })
    expect(await ledger.refundsOf(id)).toEqual([])
  })

  test('money goes back by itself once: the database refuses a second automatic refund of one charge', async () => {
    const { id } = await ledger.paid()
    const automatic = { amountFen: 10, requestedBy: null } as const
    await ledger.reserved(id, { ...automatic, cause: 'paid_twice' })
    await expect(ledger.reserve(id, { ...automatic, cause: 'paid_after_close' })).rejects.toMatchObject({
      constraint: 'refund_one_automatic',
    })
    expect(await ledger.charge(id)).toMatchObject({ refund_reserved_fen: 10, refund_count: 1 })
  })
})

test.each([
  [0, 500, 500, 'waiting'],
  [0, 501, 500, 'proposed'],
  [400, 100, 500, 'waiting'],
  [400, 101, 500, 'proposed'],
  [0, 1, 0, 'proposed'],
] as const)(
  'after %i fen, a refund of %i fen with a limit of %i is %s: many small ones are as much as a large one',
  (refund_reserved_fen, amountFen, approvalAboveFen, state) => {
    expect(firstState({ refund_reserved_fen }, { amountFen, approvalAboveFen })).toBe(state)
  },
)
