import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { startSimulated } from '../support/simulated.ts'
import { type BothBooks, readBothBooks } from './books.ts'
import { letItSettle, waitForBills } from './converge.ts'
import { type Database, openDatabase } from './database.ts'
import { startFleet } from './fleet.ts'
import { findViolations } from './invariants.ts'
import { live, type Told } from './life.ts'
import { releaseMonkey } from './monkey.ts'
import type { ChaosOptions } from './options.ts'
import { Random } from './random.ts'

export interface Outcome {
  readonly books: BothBooks
  readonly violations: readonly string[]
  readonly kills: { readonly servers: number; readonly databases: number }
  readonly deliveries: number
  readonly billDays: number
  readonly differences: { readonly found: number; readonly left: readonly string[] }
}

const PEOPLE_AT_ONCE = 24
const ORDERS_PER_PERSON = 5
/** Bills find what nothing else could; what follows from it, automatic refunds, is in the bills of the next day. */
const MORNINGS = 2
const DIFFERENCES_SHOWN = 5
const CLI = fileURLToPath(new URL('../../../apps/server/src/cli.ts', import.meta.url))

/** What is only certain after the bills: nobody asks again about a charge that WeChat itself called closed. */
const certainAfterBills = [
  'every payment at WeChat is in our books, with its amount',
  'the sum of what moved is the same on both sides',
]

/** Thousands of people and one monkey; then peace, two mornings of bills, and the books of both sides side by side. */
export async function runChaos(options: ChaosOptions, say: (line: string) => void): Promise<Outcome> {
  const random = new Random(options.seed)
  const [simulated, database] = await Promise.all([startSimulated(), openDatabase()])
  const main = options.serverMain
  const fleet = await startFleet({ simulated, database, ...(main !== undefined && { main }) })
  const told: Told = { orders: [], paid: [], refunds: [] }
  try {
    const merchantKey = await makeMerchantKey(database.url)
    let done = 0
    const monkey = releaseMonkey({
      ...{ simulated, fleet, database, kills: options.kills },
      random: random.fork(),
      progress: () => done / options.payments,
    })
    const around = { simulated, fleet, monkey, merchantKey }
    let left = options.payments
    const queue = async (own: Random) => {
      while (left > 0) {
        const orders = Math.min(left, ORDERS_PER_PERSON)
        left -= orders
        await live(around, own.fork(), orders, told)
        done += orders
        if (done % 500 < ORDERS_PER_PERSON) say(`${done} of ${options.payments} orders`)
      }
    }
    await Promise.all(Array.from({ length: PEOPLE_AT_ONCE }, () => queue(random.fork())))
    await monkey.stop()
    say('no more faults: waiting until nothing is under way')

    const quiet = { simulated, database, merchantKey, serverUrl: () => fleet.pick(random) ?? '' }
    const witness = { told, liedAbout: monkey.liedAbout }
    const stuck = await letItSettle(quiet)
    say('quiet: the bills of two mornings')
    const before = findViolations(await readBothBooks(simulated, database), witness, certainAfterBills)
    let billDays = 0
    for (let morning = 0; morning < MORNINGS; morning++) {
      billDays = await waitForBills(quiet)
      await letItSettle(quiet)
    }
    const books = await readBothBooks(simulated, database)
    const differences = await readDifferences(database)
    const crashed = fleet.ended().map((lastWords) => `a server ended by itself: ${lastWords}`)
    const open = differences.left.map((difference) => `the bills leave a difference — ${difference}`)
    const after = findViolations(books, witness)
    return {
      books,
      violations: [...stuck.map((what) => `never ends: ${what}`), ...before, ...after, ...crashed, ...open],
      kills: monkey.struck,
      deliveries: fleet.postbox.letters.length,
      billDays,
      differences,
    }
  } finally {
    await fleet.close()
    await Promise.all([database.close(), simulated.close()])
  }
}

async function makeMerchantKey(databaseUrl: string): Promise<string> {
  const args = [CLI, 'keys:create', '--person', 'chaos', '--scopes', 'all']
  const env = { PATH: process.env.PATH, DATABASE_URL: databaseUrl }
  const { stdout } = await promisify(execFile)(process.execPath, args, { env })
  const key = /^key\s+(\S+)$/m.exec(stdout)?.[1]
  if (!key) throw new Error(`keys:create printed no key: ${stdout}`)
  return key
}

async function readDifferences({ pool }: Database): Promise<Outcome['differences']> {
  const { rows } = await pool.query<{ state: string; text: string }>(
    `select d.state, concat_ws(' ', b.date, b.bill, d.kind, d.reference, d.out_trade_no, d.delta_fen || ' fen', d.detail)
       as text
     from difference d join bill_day b on b.id = d.bill_day_id`,
  )
  const left = rows.filter(({ state }) => state === 'open').map(({ text }) => text)
  return { found: rows.length, left: left.slice(0, DIFFERENCES_SHOWN) }
}
