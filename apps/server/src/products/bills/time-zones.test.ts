import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Books, openBooks } from '../../testing/books.ts'
import { addDays } from './days.ts'

const ours = process.env.TZ

describe.each([
  ['UTC', 0],
  ['America/New_York', 300],
  ['Pacific/Kiritimati', -840],
])('a process in %s', (zone, offsetMinutes) => {
  let books: Books
  beforeAll(async () => {
    process.env.TZ = zone
    books = await openBooks()
  }, 120_000)
  afterAll(async () => {
    await books?.close()
    if (ours === undefined) delete process.env.TZ
    else process.env.TZ = ours
  })

  test('books by the days of Asia/Shanghai, to the second before midnight', async () => {
    expect(new Date('2026-01-15T00:00:00Z').getTimezoneOffset()).toBe(offsetMinutes)
    const day = books.today()
    await books.goTo('23:59:58', day)
    const [early] = [await books.sell()]
    await books.goTo('00:00:01')
    const late = await books.sell()
    expect([early.success_time, late.success_time].map((at) => at && books.dayOf(at))).toEqual([day, addDays(day, 1)])

    await books.goTo('10:31:00', addDays(day, 1))
    await books.run()
    await books.reconcile()
    for (const [date, charge] of [
      [day, early],
      [addDays(day, 1), late],
    ] as const) {
      const [trade, basic] = await books.days(date)
      expect([trade, basic]).toMatchObject([
        { date, state: 'reconciled', rows: 1, sum_fen: charge.amount_fen },
        { date, state: 'reconciled', bill: 'BASIC' },
      ])
      expect(await books.differences(date)).toEqual([])
      const rows = await books.ctx.db
        .selectFrom('bill_row')
        .select(['transaction_id', 'trade_time'])
        .where('bill_day_id', '=', trade?.id ?? 0)
        .execute()
      expect(rows).toEqual([{ transaction_id: charge.transaction_id, trade_time: charge.success_time }])
    }
  })
})
