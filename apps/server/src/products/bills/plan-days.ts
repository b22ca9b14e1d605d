import type { Ctx } from '../../kernel/context.ts'
import { daysToReconcile, firstAttemptAt } from './schedule.ts'
import { bills } from './table.ts'

/**
 * A row for every bill of the last seven days: whatever is not finished of them is due, so that a missed morning is
 * caught up at the next one. The days of a merchant begin with the first charge.
 */
export async function planDays(ctx: Ctx, mchid: string): Promise<void> {
  const first = await ctx.db
    .selectFrom('charge')
    .select('created_at')
    .where('mchid', '=', mchid)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  if (first) await planBills(ctx, mchid, daysToReconcile(ctx.clock.now(), first.created_at))
}

/** Days that have their rows already keep them. */
export async function planBills({ db }: Ctx, mchid: string, days: readonly string[]): Promise<void> {
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
