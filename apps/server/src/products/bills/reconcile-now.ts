import type { Ctx } from '../../kernel/context.ts'
import type { Asking } from './asking.ts'
import { workOnNext } from './daily-job.ts'
import { type OpenSums, openSums } from './differences.ts'
import { heal } from './heal.ts'
import { planBills } from './plan-days.ts'
import { unread, type Which } from './repository.ts'
import type { BillDay, Difference } from './table.ts'

export interface Reconciled {
  readonly days: readonly BillDay[]
  /** Some of them, the open ones first. */
  readonly differences: readonly Difference[]
  /** Of all. */
  readonly open: OpenSums
}

const SHOWN_MAX = 50

/** Works on all bills of one day at once, whenever their turn is. What cannot be done now keeps its turn. */
export async function reconcileNow(ctx: Ctx, asking: Asking, which: Which): Promise<Reconciled> {
  const { db } = ctx
  await planBills(db, which.mchid, [which.date])
  const ofDay = db.selectFrom('bill_day').where('mchid', '=', which.mchid).where('date', '=', which.date)
  const now = ctx.clock.now()
  const again = db.updateTable('bill_day').where('id', 'in', ofDay.select('id'))
  await again.set({ next_attempt_at: now }).where('state', '<>', 'reconciled').execute()
  await again
    .set({ ...unread, next_attempt_at: now })
    .where('state', '=', 'reconciled')
    .where('sha1', 'is', null)
    .execute()
  while (await workOnNext(ctx, which));
  await db
    .updateTable('difference')
    .set({ next_check_at: ctx.clock.now() })
    .where('bill_day_id', 'in', ofDay.select('id'))
    .where('state', '=', 'open')
    .execute()
  while ((await heal(ctx, asking, which)) > 0);
  return {
    days: await ofDay.selectAll().orderBy('id').execute(),
    differences: await db
      .selectFrom('difference')
      .selectAll()
      .where('bill_day_id', 'in', ofDay.select('id'))
      .orderBy('state')
      .orderBy('id')
      .limit(SHOWN_MAX)
      .execute(),
    open: await openSums(db, which),
  }
}
