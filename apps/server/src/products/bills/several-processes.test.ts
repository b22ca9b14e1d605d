import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { createDb, inTransaction } from '../../kernel/db.ts'
import { type Books, openBooks } from '../../testing/books.ts'
import { planDays } from './plan-days.ts'
import { claimDay } from './repository.ts'

let books: Books
let day: string
beforeAll(async () => {
  books = await openBooks()
}, 120_000)
afterAll(() => books?.close())
beforeEach(async () => {
  await books.goTo('12:00:00')
  await books.run()
  day = books.today()
  await books.sell()
  await books.sell()
})

const trade = async () => (await books.days(day))[0] ?? expect.unreachable()
const rowsOf = ({ id }: { id: number }) =>
  books.ctx.db.selectFrom('bill_row').select('row_no').where('bill_day_id', '=', id).execute()
const applications = async () => {
  const { requests } = await books.simulated.call<{ requests: { path: string }[] }>('GET', '/requests?limit=5000')
  return requests.filter(({ path }) => path.startsWith('/v3/bill/tradebill')).length
}

test('two processes at once import a bill once', async () => {
  const before = await applications()
  const other = { ...books.ctx, db: createDb(books.databaseUrl) }
  try {
    await books.goTo('10:31:00')
    await Promise.all([books.run(), books.run(other), books.run(), books.run(other)])
  } finally {
    await other.db.destroy()
  }
  expect(await trade()).toMatchObject({ state: 'reconciled', rows: 2 })
  expect(await rowsOf(await trade())).toHaveLength(2)
  expect(await applications()).toBe(before + 1)
})

test('a process that took a bill and died is followed by another', async () => {
  await books.goTo('10:31:00')
  const { ctx } = books
  await planDays(ctx, ctx.config.mchid)
  const taken = await inTransaction(ctx.db, (tx) => claimDay(tx, ctx.clock.now()))
  expect(taken).toMatchObject({ bill: 'trade', date: day, state: 'waiting' })
  await books.run()
  expect(await trade()).toMatchObject({ state: 'waiting' })
  await books.advance(901)
  await books.run()
  expect(await trade()).toMatchObject({ state: 'reconciled', rows: 2 })
})

test('a process that dies in the middle of an import leaves nothing, and the next one imports it', async () => {
  await books.goTo('10:31:00')
  const { ctx } = books
  const dying = createDb(books.databaseUrl)
  // The connection goes with the first bytes of the file, as it does with its process.
  const wechat: typeof ctx.wechat = (mchid) => ({
    ...ctx.wechat(mchid),
    async download(...args) {
      const chunks = await ctx.wechat(mchid).download(...args)
      return (async function* () {
        for await (const chunk of chunks) {
          yield chunk.subarray(0, 1)
          await killConnections()
          yield chunk.subarray(1)
        }
      })()
    },
  })
  await books.run({ ...ctx, db: dying, wechat })
  await dying.destroy()
  expect(await trade()).toMatchObject({ state: 'waiting' })
  expect(await rowsOf(await trade())).toEqual([])
  await books.advance(1800)
  await books.run()
  expect(await trade()).toMatchObject({ state: 'reconciled', rows: 2 })
  expect(await rowsOf(await trade())).toHaveLength(2)
})

/** Waits for the import's statement, which a busy machine may begin after the first byte was taken. */
const killConnections = () =>
  vi.waitFor(
    async () => {
      const { rows } = await sql`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and query ilike 'copy bill_row%'`.execute(books.ctx.db)
      expect(rows).not.toEqual([])
    },
    { timeout: 10_000 },
  )
