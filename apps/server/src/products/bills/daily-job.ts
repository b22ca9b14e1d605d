import type { Ctx } from '../../kernel/context.ts'
import { inTransaction } from '../../kernel/db.ts'
import type { Asking } from './asking.ts'
import { fetchDay } from './fetch-day.ts'
import { heal } from './heal.ts'
import { planDays } from './plan-days.ts'
import { reconcileDay } from './reconcile-day.ts'
import { claimDay, type Which } from './repository.ts'
import type { BillDay } from './table.ts'

/**
 * The third net: WeChat Pay's bills of every unfinished day of the last seven, one step of one bill at a time, then the
 * differences. Several processes may do it at once; a crash only delays, because what was taken comes due again.
 * @returns how much it did; call again until 0
 */
export async function runBills(ctx: Ctx, asking: Asking): Promise<number> {
  await planDays(ctx, ctx.config.mchid)
  // Bills first: each may have what an open difference lacks.
  return (await workOnNext(ctx)) ? 1 : heal(ctx, asking)
}

/** One step of the next bill that is due. @returns whether there was one */
export async function workOnNext(ctx: Ctx, which?: Which): Promise<boolean> {
  const day = await inTransaction(ctx.db, (tx) => claimDay(tx, ctx.clock.now(), which))
  if (day) await step(ctx, day)
  return day !== undefined
}

const step = (ctx: Ctx, day: BillDay): Promise<void> =>
  day.state === 'waiting' ? fetchDay(ctx, day) : reconcileDay(ctx, day)
