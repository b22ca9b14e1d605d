import type { ExpressionBuilder } from 'kysely'
import type { Database } from '../../database.ts'
import type { Ctx } from '../../kernel/context.ts'
import { inTransaction } from '../../kernel/db.ts'
import { liveStates } from '../../ledger/states.ts'

const BATCH = 100

/**
 * Closes expired orders for which nothing can be collected any more: no charge, or none that is live. The others wait
 * for WeChat Pay.
 * @returns how many were closed
 */
export function expireOrders(ctx: Ctx): Promise<number> {
  const now = ctx.clock.now()
  return inTransaction(ctx.db, async (tx) => {
    const locked = await tx
      .selectFrom('orders')
      .select('id')
      .where('state', 'in', ['pending', 'closing'])
      .where((eb) => eb.or([eb('expires_at', '<=', now), eb('state', '=', 'closing')]))
      .where(hasNoLiveCharge)
      .orderBy('expires_at')
      .limit(BATCH)
      .forUpdate()
      .skipLocked()
      .execute()
    if (locked.length === 0) return 0
    const ids = locked.map((order) => order.id)
    // Asked again: only under the locks is it certain that no charge is being opened.
    const { numUpdatedRows } = await tx
      .updateTable('orders')
      .set({ state: 'closed' })
      .where('id', 'in', ids)
      .where(hasNoLiveCharge)
      .executeTakeFirst()
    return Number(numUpdatedRows)
  })
}

const hasNoLiveCharge = ({ not, exists, selectFrom }: ExpressionBuilder<Database, 'orders'>) =>
  not(
    exists(
      selectFrom('charge')
        .select('charge.id')
        .whereRef('charge.subject_id', '=', 'orders.id')
        .where('charge.state', 'in', liveStates),
    ),
  )
