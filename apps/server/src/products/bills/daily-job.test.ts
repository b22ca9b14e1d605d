import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type Books, openBooks } from '../../testing/books.ts'

let books: Books
beforeAll(async () => {
  books = await openBooks()
}, 120_000)
afterAll(() => books?.close())
afterEach(async () => {
  await books.simulated.faults()
})

test('a day on which everything fits is reconciled at half past ten, without a difference', async () => {
  const day = books.today()
  const charge = await books.sell()
  const refund = await books.refund(charge, 800)
  await books.advance(10)
  expect(await books.askRefund(refund)).toBe('applied')

  await books.reconcile()
  expect(await books.days(day)).toMatchObject([
    { bill: 'trade', state: 'reconciled', rows: 2, sum_fen: charge.amount_fen - 800, problem: null },
    { bill: 'BASIC', state: 'reconciled' },
    { bill: 'OPERATION', state: 'reconciled', rows: 0, sha1: null },
    { bill: 'FEES', state: 'reconciled', rows: 0, sha1: null },
  ])
  expect(await books.differences(day)).toEqual([])
})
