import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type Simulated, startSimulated } from '../support/simulated.ts'
import { type BothBooks, readBothBooks } from './books.ts'
import { offerCard } from './card.ts'
import { letItSettle, letWechatHear, waitForBills } from './converge.ts'
import { sellCourse } from './course.ts'
import { type Database, openDatabase } from './database.ts'
import { type Fleet, startFleet } from './fleet.ts'
import { findViolations } from './invariants.ts'
import { live, type Told } from './life.ts'
import { letDeductions, type Monkey, releaseMonkey } from './monkey.ts'
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
/** Between two attempts to deduct a lesson. */
const RETRY_SECONDS = 600
const DIFFERENCES_SHOWN = 5
const CLI = fileURLToPath(new URL('../../../apps/server/src/cli.ts', import.meta.url))

/** What is only certain after the bills: nobody asks again about a charge that WeChat itself called closed. */
const certainAfterBills = [
  'every payment at WeChat is in our books, with its amount',
  'the sum of what moved is the same on both sides',
]

/**
 * Thousands of people and one monkey; then peace, two mornings of bills, and the books of both sides side by side. However
 * it ends, no process and no folder is left.
 * @throws the reason of `signal` when it is aborted
 */
export async function runChaos(
  options: ChaosOptions,
  say: (line: string) => void,
  signal: AbortSignal = new AbortController().signal,
): Promise<Outcome> {
  const random = new Random(options.seed)
  const main = options.serverMain
  await using ending = new AsyncDisposableStack()
  const simulated = ending.adopt(await startSimulated(), (it) => it.close())
  const database = ending.adopt(await openDatabase(), (it) => it.close())
  const fleet = ending.adopt(await startFleet({ simulated, database, ...(main !== undefined && { main }) }), (it) =>
    it.close(),
  )
  const merchantKey = await makeMerchantKey(database.url)
  const planId = await sellCourse(fleet, merchantKey)
  const offerId = await offerCard(simulated, fleet, merchantKey)
  const progress = { done: 0 }
  const cage = { simulated, fleet, database, kills: options.kills, random: random.fork() }
  const monkey = ending.adopt(releaseMonkey({ ...cage, progress: () => progress.done / options.payments }), (it) =>
    it.abandon(),
  )
  const stage: Stage = { simulated, database, fleet, monkey, merchantKey, planId, offerId, random, say }
  const story = async () => judge(stage, await letPeopleLive(stage, options.payments, progress))
  return await Promise.race([story(), whenAborted(signal)])
}

interface Stage {
  readonly simulated: Simulated
  readonly database: Database
  readonly fleet: Fleet
  readonly monkey: Monkey
  readonly merchantKey: string
  readonly planId: string
  readonly offerId: string
  readonly random: Random
  readonly say: (line: string) => void
}

const whenAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })

async function letPeopleLive(stage: Stage, payments: number, progress: { done: number }): Promise<Told> {
  const { random, say } = stage
  const told: Told = { orders: [], paid: [], lessons: [], refunds: [] }
  let left = payments
  const queue = async (own: Random) => {
    while (left > 0) {
      const orders = Math.min(left, ORDERS_PER_PERSON)
      left -= orders
      await live(stage, own.fork(), orders, told)
      progress.done += orders
      if (progress.done % 500 < ORDERS_PER_PERSON) say(`${progress.done} of ${payments} orders`)
    }
  }
  await Promise.all(Array.from({ length: PEOPLE_AT_ONCE }, () => queue(random.fork())))
  return told
}

async function judge(stage: Stage, told: Told): Promise<Outcome> {
  const { simulated, database, fleet, monkey, merchantKey, random, say } = stage
  await monkey.stop()
  say('no more faults: waiting until nothing is under way')
  const quiet = { simulated, database, merchantKey, serverUrl: () => fleet.pick(random) ?? '' }
  const witness = { told, liedAbout: monkey.liedAbout }
  await letDeductions(simulated, 'fails', RETRY_SECONDS)
  const unheard = await letWechatHear(quiet)
  await letDeductions(simulated, 'succeeds', RETRY_SECONDS)
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
    violations: [
      ...unheard.map((no) => `WeChat Pay never hears that an order paid lesson ${no}`),
      ...stuck.map((what) => `never ends: ${what}`),
      ...[...before, ...after, ...crashed, ...open],
    ],
    kills: monkey.struck,
    deliveries: fleet.postbox.letters.length,
    billDays,
    differences,
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
