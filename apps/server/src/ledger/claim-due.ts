import type { Tx } from '../kernel/db.ts'
import { liveStates } from './states.ts'
import type { Charge, Source } from './table.ts'

interface Due {
  /** Who asks: every product knows how to ask about its own. */
  readonly source: Source
  readonly now: Date
  readonly limit: number
  readonly nextQueryAt: (charge: Charge, now: Date) => Date
}

/** Takes live charges whose time has come, and sets their next one: nobody else takes them meanwhile. */
export async function claimDueCharges(tx: Tx, { source, now, limit, nextQueryAt }: Due): Promise<readonly Charge[]> {
  const due = await tx
    .selectFrom('charge')
    .selectAll()
    .where('source', '=', source)
    .where('state', 'in', liveStates)
    .where('next_query_at', '<=', now)
    .orderBy('next_query_at')
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute()
  for (const charge of due) {
    await tx
      .updateTable('charge')
      .set({ next_query_at: nextQueryAt(charge, now), query_count: charge.query_count + 1 })
      .where('id', '=', charge.id)
      .execute()
  }
  return due
}
