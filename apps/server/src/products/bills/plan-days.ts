import type { Kysely } from 'kysely'
import type { Database } from '../../database.ts'
import type { Ctx } from '../../kernel/context.ts'
import { addDays, dayOf } from './days.ts'
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
  await planBills(ctx.db, mchid, days)
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

/** Days that have their rows already keep them. */
export async function planBills(db: Kysely<Database>, mchid: string, days: readonly string[]): Promise<void> {
  if (days.length === 0) return
  await db
    .insertInto('bill_day')
    .values(
      days.flatMap((date) =>
        bills.map((bill) => ({ mchid, date, bill, next_attempt_at: firstAttemptAt(date, mchid) })),
      ),
    )
    .onConflict((oc) => oc.columns(['mchid', 'date', 'bill']).doNothing())
    .execute()
}
