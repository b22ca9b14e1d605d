import { sql } from 'kysely'
import type { ServerCtx } from '../../kernel/context.ts'
import { addDays, dayOf } from './days.ts'
import { openSums } from './differences.ts'
import { lateAt } from './schedule.ts'

/**
 * Shows what the books owe an explanation for, and bills that should have been here since 14:00; the last known while
 * the database is away. Every process shows the same, so take one of them, not the sum.
 */
export async function gaugeBooks(ctx: ServerCtx): Promise<void> {
  await gauge(ctx).catch((err) => ctx.log.warn({ err }, 'the books could not be gauged'))
}

async function gauge({ db, clock, metrics }: ServerCtx): Promise<void> {
  const now = clock.now()
  const yesterday = addDays(dayOf(now), -1)
  const lastDue = now >= lateAt(yesterday) ? yesterday : addDays(yesterday, -1)
  const [sums, late] = await Promise.all([
    openSums(db),
    db
      .selectFrom('bill_day')
      .select(sql<number>`count(*)`.as('count'))
      .where('state', '<>', 'reconciled')
      .where('next_attempt_at', 'is not', null)
      .where('date', '<=', lastDue)
      .executeTakeFirstOrThrow(),
  ])
  metrics.unreconciled.set(sums.fen)
  metrics.differences.set(sums.count)
  metrics.billsLate.set(late.count)
}
