import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Books, openBooks } from '../testing/books.ts'
import { type CommandLine, openCommandLine } from '../testing/command-line.ts'

let books: Books
let line: CommandLine
beforeAll(async () => {
  books = await openBooks()
  line = await openCommandLine(books)
}, 120_000)
afterAll(async () => {
  line?.close()
  await books?.close()
})
const reconcile = (...options: string[]) => line.shouyin('reconcile', ...options)

test('a day can be reconciled by hand before its turn, and again after it', async () => {
  const day = books.today()
  const { amount_fen, transaction_id, out_trade_no } = await books.sell()
  await books.edit(day, { add: [{ transactionId: '42990', outTradeNo: 'tillA', orderFen: 100 }] })
  await books.goTo('10:00:01')
  const first = await reconcile('--date', day)
  expect(first.out[0]).toBe(`bills of ${day}, merchant ${books.ctx.config.mchid}`)
  expect(first.out[2]).toMatch(new RegExp(`^trade +reconciled +2 +${((amount_fen + 100) / 100).toFixed(2)}`))
  expect(first.out.slice(6)).toEqual([
    '  open      payment_missing_here          1.00  42990, order tillA',
    '1 open; WeChat Pay less our books: 1.00 yuan',
  ])
  expect(first.code).toBe(1)

  await books.ctx.db
    .updateTable('difference')
    .set({ state: 'resolved', note: '柜台', resolved_at: new Date(), next_check_at: null })
    .execute()
  // Without --date it is yesterday.
  const again = await reconcile()
  expect(again.out.at(-2)).toContain('42990, order tillA: 柜台')
  expect(again.code).toBe(0)
  expect([transaction_id, out_trade_no]).not.toContain(null)
})

test('a bill that is not there is said to be waiting, and keeps its turn', async () => {
  await books.goTo('23:00:00', books.today())
  const day = books.today()
  await books.sell()
  await books.goTo('08:00:00')
  const { out, code } = await reconcile('--date', day)
  expect(out[2]).toMatch(/^trade +waiting +- +- +- {2}STATEMENT_CREATING$/)
  expect(code).toBe(1)
  await books.goTo('10:31:00', books.today())
  await books.run()
  expect(await books.days(day)).toMatchObject([{ state: 'reconciled' }, {}, {}, {}])
})

test.each([
  ['2026-02-31', /--date 2026-02-31 is no day; write it like \d{4}-/],
  ['yesterday', /--date yesterday is no day/],
  ['2999-01-01', /--date 2999-01-01 must be a day before today/],
])('%s is refused with the remedy', async (date, message) => {
  const { code, err } = await reconcile('--date', date)
  expect(err).toMatch(message)
  expect(err).toContain('usage: pnpm shouyin')
  expect(code).toBe(2)
})
