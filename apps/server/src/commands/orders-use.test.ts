import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Charge } from '../ledger/table.ts'
import { type CommandLine, openCommandLine } from '../testing/command-line.ts'
import { openSales, type Sales } from '../testing/refunds.ts'

let sales: Sales
let charge: Charge
let line: CommandLine
beforeAll(async () => {
  sales = await openSales()
  line = await openCommandLine(sales)
}, 120_000)
afterAll(async () => {
  line?.close()
  await sales?.close()
})
beforeEach(async () => {
  charge = await sales.paid('swim-pass')
})

const shouyin = (...words: string[]) => line.shouyin(...words)
const usesOf = ({ subject_id }: Charge) =>
  sales.ctx.db.selectFrom('service_use').selectAll().where('order_id', '=', subject_id).execute()

test('what was bought is used at the counter, once, by whichever number of the order', async () => {
  const { code, out } = await shouyin('orders:use', charge.out_trade_no, 'swim-pass')
  expect(code).toBe(0)
  expect(await usesOf(charge)).toMatchObject([{ goods_id: 'swim-pass', quantity: 1, used_by: 'cli', undone_at: null }])
  const [use] = await usesOf(charge)
  expect(out).toEqual([`${use?.id}  1 × swim-pass of order ${charge.subject_id} used`])
  expect(await shouyin('orders:use', charge.transaction_id ?? '', 'swim-pass')).toMatchObject({
    code: 1,
    out: [],
    err: expect.stringMatching(/^0 of 1 are left to use/),
  })
  expect(await usesOf(charge)).toHaveLength(1)
})

describe('what is wrong is one sentence, and nothing happens', () => {
  test.each<[words: (order: string) => string[], message: RegExp, code: number]>([
    [() => ['orders:use'], /give one order, by its id/, 2],
    [(order) => ['orders:use', order], /and the id of its goods, e.g. swim-pass/, 2],
    [(order) => ['orders:use', order, 'swim-pass', '2'], /give one order/, 2],
    [(order) => ['orders:use', order, 'swim-pass', '--quantity', '0'], /--quantity 0 must be 1 to 99/, 2],
    [(order) => ['orders:use', order, 'swim-pass', '--quantity', '100'], /--quantity 100 must be 1 to 99/, 2],
    [(order) => ['orders:use', order, 'swim-pass', '--quantity', '2'], /^1 of 1 are left to use/, 1],
    [(order) => ['orders:use', order, 'towel'], /^the order has no such goods/, 1],
    [() => ['orders:use', 'nobody', 'swim-pass'], /^no order has this id/, 1],
  ])('%o', async (words, message, code) => {
    const ended = await shouyin(...words(charge.subject_id))
    expect(ended).toMatchObject({ code, out: [], err: expect.stringMatching(message) })
    expect(await usesOf(charge)).toEqual([])
  })

  test('goods of an order that nobody has paid', async () => {
    const { subject_id } = await sales.tapped('swim-pass')
    expect(await shouyin('orders:use', subject_id, 'swim-pass')).toMatchObject({ code: 1, out: [] })
  })
})
