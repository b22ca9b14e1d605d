import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { MerchantCtx, RequestInfo } from '../../kernel/context.ts'
import { type Books, openBooks } from '../../testing/books.ts'
import { listBillDays } from './list-bill-days.ts'
import { listDifferences } from './list-differences.ts'
import { resolveDifference } from './resolve-difference.ts'

let books: Books
let day: string
let ctx: MerchantCtx & RequestInfo
beforeAll(async () => {
  books = await openBooks()
  day = books.today()
  await books.sell()
  const [more, less] = ['tillA', 'tillB']
  const refund = { refundId: '50881', outRefundNo: 'elsewhere', amountFen: 400 }
  await books.edit(day, {
    add: [
      { transactionId: '42881', outTradeNo: more, orderFen: 1000 },
      { transactionId: '42882', outTradeNo: less, orderFen: 500 },
      { transactionId: '42881', outTradeNo: more, refund },
    ],
  })
  await books.reconcile()
  const merchant = { keyId: crypto.randomUUID(), person: '会计', scopes: ['books:read', 'books:write'] } as const
  ctx = { ...books.ctx, merchant, requestId: 'r1', operation: 'POST', idempotencyKey: undefined }
  await books.ctx.db
    .insertInto('merchant_key')
    .values({
      ...{ id: merchant.keyId, person: merchant.person, name: 'test', key_sha256: Buffer.alloc(32) },
      ...{ scopes: [...merchant.scopes], created_at: new Date(), created_by: 'test' },
    })
    .execute()
}, 120_000)
afterAll(() => books?.close())

const all = { limit: 20, after: undefined, state: undefined, kind: undefined, date: undefined }

describe('the bills of the last days', () => {
  test('are listed newest first, page by page', async () => {
    const whole = await listBillDays(ctx, { limit: 20, after: undefined })
    expect(whole).toMatchObject({ next: null })
    expect(whole.days).toHaveLength(4)
    expect(whole.days.find(({ bill }) => bill === 'trade')).toMatchObject({
      date: day,
      state: 'reconciled',
      rows: 4,
      sumFen: 5800 + 1000 + 500 - 400,
      openDifferences: 3,
      problem: null,
    })
    const first = await listBillDays(ctx, { limit: 3, after: undefined })
    const second = await listBillDays(ctx, { limit: 3, after: first.next ?? undefined })
    expect([...first.days, ...second.days]).toEqual(whole.days)
    expect(second.next).toBeNull()
  })

  test.each(['x', '2026-02-31_1', '2026-11-20_', `${'9'.repeat(40)}`])('no page ended with %s', async (after) => {
    await expect(listBillDays(ctx, { limit: 3, after })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      field: 'after',
    })
  })
})

describe('differences', () => {
  test('are listed with what they come to', async () => {
    const { differences, openDeltaFen, openFen, next } = await listDifferences(ctx, all)
    expect(differences.map(({ kind, deltaFen, date }) => [kind, deltaFen, date])).toEqual(
      expect.arrayContaining([
        ['payment_missing_here', 1000, day],
        ['payment_missing_here', 500, day],
        ['refund_missing_here', -400, day],
      ]),
    )
    expect({ openDeltaFen, openFen, next }).toEqual({ openDeltaFen: 1100, openFen: 1900, next: null })
  })

  test('are found by kind, day and state, page by page', async () => {
    const count = async (filter: object) => (await listDifferences(ctx, { ...all, ...filter })).differences.length
    expect(await count({ kind: 'refund_missing_here' })).toBe(1)
    expect(await count({ date: day, state: 'open' })).toBe(3)
    expect(await count({ date: '2020-01-01' })).toBe(0)
    expect(await count({ state: 'resolved' })).toBe(0)
    const first = await listDifferences(ctx, { ...all, limit: 2 })
    const second = await listDifferences(ctx, { ...all, limit: 2, after: first.next ?? undefined })
    expect(second.differences).toHaveLength(1)
    expect(second.next).toBeNull()
    await expect(listDifferences(ctx, { ...all, after: 'x' })).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  })

  test('are resolved by a person once, who stands in the audit with the words', async () => {
    const { differences } = await listDifferences(ctx, { ...all, kind: 'refund_missing_here' })
    const { id = '' } = differences[0] ?? {}
    const resolved = await resolveDifference(ctx, { id, note: '柜台系统的退款' })
    expect(resolved).toMatchObject({ id, state: 'resolved', note: '柜台系统的退款', resolvedBy: '会计' })
    await expect(resolveDifference(ctx, { id, note: 'x' })).rejects.toMatchObject({ code: 'DIFFERENCE_RESOLVED' })
    expect(await listDifferences(ctx, all)).toMatchObject({ openDeltaFen: 1500, openFen: 1500 })
    const audit = await books.ctx.db.selectFrom('audit_entry').selectAll().execute()
    expect(audit).toMatchObject([{ action: 'difference.resolve', subject: id, person: '会计', request_id: 'r1' }])
    // A later run finds it again and leaves it as the person did.
    await books.advance(3600)
    await books.run()
    expect(await listDifferences(ctx, all)).toMatchObject({ openFen: 1500 })
  })

  test.each(['0', '-1', '99999', 'x', '9'.repeat(20)])('%s is none', async (id) => {
    await expect(resolveDifference(ctx, { id, note: 'x' })).rejects.toMatchObject({ code: 'DIFFERENCE_NOT_FOUND' })
  })
})
