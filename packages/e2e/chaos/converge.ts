import { setTimeout as delay } from 'node:timers/promises'
import { exchange } from '../support/http.ts'
import type { Simulated } from '../support/simulated.ts'
import { eventually } from '../support/wait.ts'
import type { Database } from './database.ts'

/** Long enough for every order to expire and for the last re-send of a notification. */
const ROUNDS_MAX = 120
const STEP_SECONDS = 60
/** Half an hour of business time. */
const ROUNDS_TO_HEAR = 30
const STEP_SECONDS_MAX = 1800
const SETTLE_MS = 250
const BILLS_WITHIN_MS = 120_000
/** Bills of a day are ready at 10:00 of the next one and fetched until 10:30. */
const BILLS_AT_HOUR = 10.75
const HOUR_MS = 3_600_000
const SHANGHAI_MS = 8 * HOUR_MS

interface Quiet {
  readonly simulated: Simulated
  readonly database: Pick<Database, 'pool'>
  /** Any server. */
  readonly serverUrl: () => string
  readonly merchantKey: string
}

/** Lets business time pass until nothing is under way any more. @returns what still is, when it never ends */
export async function letItSettle(quiet: Quiet): Promise<readonly string[]> {
  let left: readonly string[] = []
  for (let round = 0; round < ROUNDS_MAX; round++) {
    await quiet.simulated.advance(Math.min(STEP_SECONDS_MAX, STEP_SECONDS * 2 ** Math.floor(round / 4)))
    await delay(SETTLE_MS)
    await rescueAbnormal(quiet)
    left = await underWay(quiet)
    if (left.length === 0) return []
  }
  return left
}

/** While nothing can be deducted: WeChat Pay has to hear of every lesson that an order paid. @returns what it never hears */
export async function letWechatHear({ simulated, database }: Quiet): Promise<readonly string[]> {
  let left: readonly string[] = []
  for (let round = 0; round < ROUNDS_TO_HEAR; round++) {
    await simulated.advance(STEP_SECONDS)
    await delay(SETTLE_MS)
    const { rows } = await database.pool.query<{ no: string }>(
      `select l.out_order_no as no from lesson l join charge c on c.purpose = 'lesson' and c.subject_id = l.id
       where l.state = 'paid' and c.state in ('opened', 'closing')`,
    )
    left = rows.map(({ no }) => no)
    if (left.length === 0) return []
  }
  return left
}

/** What a person does about 退款异常: sends the money to the merchant's own card. */
async function rescueAbnormal({ database, serverUrl, merchantKey }: Quiet): Promise<void> {
  const { rows } = await database.pool.query<{ id: string }>(`select id from refund where state = 'abnormal' limit 50`)
  for (const { id } of rows) {
    const headers = { Authorization: `Bearer ${merchantKey}` }
    const path = `/api/merchant/refunds/${id}/abnormal-refund`
    await exchange('POST', serverUrl() + path, { body: { type: 'MERCHANT_BANK_CARD' }, headers })
  }
}

async function underWay({ simulated, database }: Quiet): Promise<readonly string[]> {
  const { rows } = await database.pool.query<{ what: string; count: number }>(
    `select 'charges' as what, count(*)::int as count from charge where state in ('opened', 'closing')
     union all select 'orders', count(*)::int from orders where state in ('pending', 'closing')
     union all select 'refunds', count(*)::int from refund where state in ('waiting', 'processing', 'abnormal')
     union all select 'lessons', count(*)::int from lesson
       where state in ('starting', 'completing', 'deducting', 'cancelling')
     union all select 'sign plans', count(*)::int from sign_plan where state in ('creating', 'unsigned')
     union all select 'cards', count(*)::int from card
       where state in ('preparing', 'ongoing', 'settling') or (state = 'unfinished' and total_fen is distinct from 0)
     union all select 'records', count(*)::int from card_record where state in ('waiting', 'sending')
     union all select 'notifications', count(*)::int from notification_inbox where state = 'pending'`,
  )
  const ours = rows.filter(({ count }) => count > 0).map(({ what, count }) => `${count} ${what}`)
  // The list of all that was ever sent is long: it is read when nothing else is left.
  if (ours.length > 0) return ours
  const { notifications } = await simulated.call<{ notifications: { state: string }[] }>('GET', '/notifications')
  const pending = notifications.filter(({ state }) => state === 'pending').length
  return pending > 0 ? [`${pending} deliveries`] : []
}

/** The next morning: every day that has ended is fetched, compared and healed. @returns how many days */
export async function waitForBills({ simulated, database }: Pick<Quiet, 'simulated' | 'database'>): Promise<number> {
  const { now } = await simulated.call<{ now: string }>('GET', '/clock')
  await simulated.advance(secondsUntilMorning(new Date(now)))
  const finished = async () => {
    // Differences are asked about again at their own times.
    await simulated.advance(30)
    const { rows } = await database.pool.query<{ open: number; done: number; last: string }>(
      `select (count(*) filter (where state <> 'reconciled'))::int as open,
         (count(*) filter (where state = 'reconciled'))::int as done, max(date)::text as last from bill_day`,
    )
    return { ...rows[0], yesterday: dayBefore((await simulated.call<{ now: string }>('GET', '/clock')).now) }
  }
  const { done } = await eventually(finished, ({ open, last, yesterday }) => open === 0 && last === yesterday, {
    what: 'a reconciled bill of every day',
    timeoutMs: BILLS_WITHIN_MS,
  })
  return done ?? 0
}

function secondsUntilMorning(now: Date): number {
  const msOfDay = (now.getTime() + SHANGHAI_MS) % (24 * HOUR_MS)
  return Math.ceil((24 * HOUR_MS - msOfDay + BILLS_AT_HOUR * HOUR_MS) / 1000)
}

function dayBefore(now: string): string {
  return new Date(Date.parse(now) + SHANGHAI_MS - 24 * HOUR_MS).toISOString().slice(0, 10)
}
