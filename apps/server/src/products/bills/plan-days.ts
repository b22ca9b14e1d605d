import { type Kysely, sql } from 'kysely'
import type { Database } from '../../database.ts'
import type { Ctx } from '../../kernel/context.ts'
import { inTransaction } from '../../kernel/db.ts'
import { addDays, dayOf } from './days.ts'
import { unread } from './repository.ts'
import { DAYS_BACK, daysToReconcile, firstAttemptAt } from './schedule.ts'
import { bills } from './table.ts'

/**
 * A row for every bill of the last seven days, and of those that were missed before: whatever is not finished of them is
 * due, so that a missed morning is caught up at the next one. The days of a merchant begin with the first charge.
 */
export async function planDays(ctx: Ctx, mchid: string): Promise<void> {
  const first = await ctx.db
    .selectFrom('charge')
    .select('created_at')
    .where('mchid', '=', mchid)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  if (!first) return
  const now = ctx.clock.now()
  const days = daysToReconcile(now, first.created_at, await lastPlannedBefore(ctx.db, mchid, now))
  await inTransaction(ctx.db, async (tx) => {
    if ((await planBills(tx, mchid, days)) > 0) await askForDoubtfulAgain(tx, mchid, now)
  })
}

async function lastPlannedBefore(db: Kysely<Database>, mchid: string, now: Date): Promise<string | undefined> {
  const last = await db
    .selectFrom('bill_day')
    .select('date')
    .where('mchid', '=', mchid)
    .where('date', '<', addDays(dayOf(now), -DAYS_BACK))
    .orderBy('date', 'desc')
    .limit(1)
    .executeTakeFirst()
  return last?.date
}

/** Days that have their rows already keep them. @returns how many bills are new */
export async function planBills(db: Kysely<Database>, mchid: string, days: readonly string[]): Promise<number> {
  if (days.length === 0) return 0
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('bill_day')
    .values(
      days.flatMap((date) =>
        bills.map((bill) => ({ mchid, date, bill, next_attempt_at: firstAttemptAt(date, mchid) })),
      ),
    )
    .onConflict((oc) => oc.columns(['mchid', 'date', 'bill']).doNothing())
    .executeTakeFirstOrThrow()
  return Number(numInsertedOrUpdatedRows)
}

/** With a new day come again the bills of the week that do not exist, says WeChat Pay, while something of them is open. */
async function askForDoubtfulAgain(db: Kysely<Database>, mchid: string, now: Date): Promise<void> {
  const today = dayOf(now)
  await db
    .updateTable('bill_day')
    .set({ ...unread, next_attempt_at: firstAttemptAt(addDays(today, -1), mchid) })
    .where('mchid', '=', mchid)
    .where('date', '>=', addDays(today, -DAYS_BACK))
    .where('state', '=', 'reconciled')
    .where('sha1', 'is', null)
    .where(
      sql<boolean>`exists (
        select from bill_day as doubtful join difference on difference.bill_day_id = doubtful.id
        where doubtful.mchid = bill_day.mchid and doubtful.date = bill_day.date and difference.state = 'open'
      )`,
    )
    .execute()
}
