import type { Tx } from '../kernel/db.ts'
import { nextRefundQueryAt } from './refund-schedule.ts'
import { goingStates } from './states.ts'
import type { Refund } from './table.ts'

/** Takes refunds whose time has come, and sets their next one: nobody else takes them meanwhile. */
export async function claimDueRefunds(
  tx: Tx,
  { now, limit }: { readonly now: Date; readonly limit: number },
): Promise<readonly Refund[]> {
  const due = await tx
    .selectFrom('refund')
    .selectAll()
    .where('state', 'in', goingStates)
    .where('next_query_at', '<=', now)
    .orderBy('next_query_at')
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute()
  for (const refund of due) {
    await tx
      .updateTable('refund')
      .set({ next_query_at: nextRefundQueryAt(refund, now), query_count: refund.query_count + 1 })
      .where('id', '=', refund.id)
      .execute()
  }
  return due
}
