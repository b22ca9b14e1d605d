import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { inTransaction } from '../../kernel/db.ts'
import { type Books, openBooks } from '../../testing/books.ts'
import { workOnNext } from './daily-job.ts'
import { claimDifferences } from './differences.ts'
import { planDays } from './plan-days.ts'

let books: Books
let day: string
beforeAll(async () => {
  books = await openBooks({ ttlSeconds: 7 * 86_400 })
}, 120_000)
afterAll(() => books?.close())
beforeEach(async () => {
  await books.goTo('12:00:00')
  await books.run()
  day = books.today()
})

const questionsAbout = async (number: string) => {
  const { requests } = await books.simulated.call<{ requests: { path: string }[] }>('GET', '/requests?limit=5000')
  return requests.filter(({ path }) => path.includes(`/out-trade-no/${number}`)).length
}
const alarms = () => books.alarms.filter(({ kind, detail }) => kind === 'books_differ' && detail.date === day)

test('what only a later bill can explain is asked about once, and looked for every hour', async () => {
  const { out_trade_no } = await books.sell()
  await books.sell()
  await books.edit(day, { drop: [{ outTradeNo: out_trade_no }] })
  const before = await questionsAbout(out_trade_no)
  await books.reconcile()
  expect(await questionsAbout(out_trade_no)).toBe(before + 1)
  for (let hour = 0; hour < 3; hour++) {
    await books.advance(3601)
    await books.run()
  }
  expect(await questionsAbout(out_trade_no)).toBe(before + 1)
  const [difference] = await books.ctx.db
    .selectFrom('difference')
    .selectAll()
    .where('out_trade_no', '=', out_trade_no)
    .execute()
  expect(difference).toMatchObject({ state: 'open', checks: 4 })
})

test('a process that died before it told of a difference is followed by one that tells', async () => {
  const { ctx } = books
  await books.sell()
  await books.edit(day, { add: [{ transactionId: `4297${Date.now()}`, outTradeNo: 'elsewhere', orderFen: 5 }] })
  await books.goTo('10:31:00')
  await planDays(ctx, ctx.config.mchid)
  while (await workOnNext(ctx));
  const now = ctx.clock.now()
  const taken = await inTransaction(ctx.db, (tx) => claimDifferences(tx, { now, limit: 500 }))
  expect(taken).toContainEqual(expect.objectContaining({ date: day, out_trade_no: 'elsewhere' }))
  await books.run()
  expect(alarms()).toEqual([])
  await books.advance(301)
  await books.run()
  expect(alarms()).toHaveLength(1)
  await books.advance(3601)
  await books.run()
  expect(alarms()).toHaveLength(1)
})
