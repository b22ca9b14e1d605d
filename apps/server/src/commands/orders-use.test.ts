import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Charge } from '../ledger/table.ts'
import { openSales, type Sales } from '../testing/refunds.ts'
import { openSettings } from '../testing/settings.ts'
import { commands } from './index.ts'
import { runCommand } from './run.ts'

const settings = openSettings()
let sales: Sales
let charge: Charge
let source: Record<string, string>
beforeAll(async () => {
  sales = await openSales()
  const { simulated, databaseUrl } = sales
  source = {
    ...settings.of(simulated.url, databaseUrl, await simulated.call('GET', '/merchant')),
    BUSINESS_CLOCK_URL: `${simulated.url}/_sim/clock`,
    PUBLIC_URL: 'http://127.0.0.1:8700',
  }
}, 120_000)
afterAll(async () => {
  await sales?.close()
  settings.close()
})
beforeEach(async () => {
  for (const [name, value] of Object.entries(source)) vi.stubEnv(name, value)
  charge = await sales.paid('swim-pass')
})
afterEach(() => vi.unstubAllEnvs())

async function shouyin(...words: string[]) {
  const out: string[] = []
  const err: string[] = []
  const print = { print: (line: string) => out.push(line), printError: (line: string) => err.push(line) }
  return { code: await runCommand(commands, words, print), out, err: err.join('\n') }
}
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
