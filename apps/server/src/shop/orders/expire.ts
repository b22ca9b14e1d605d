import { sql } from 'kysely'
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
      .orderBy('expires_at')
      .limit(BATCH)
      .forUpdate()
      .skipLocked()
      .execute()
    if (locked.length === 0) return 0
    // A statement of its own: only under the locks is it certain that no charge is being opened.
    const { numUpdatedRows } = await tx
      .updateTable('orders')
      .set({ state: 'closed' })
      .where(
        'id',
        'in',
        locked.map((order) => order.id),
      )
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('charge')
              .select(sql`1`.as('live'))
              .whereRef('charge.subject_id', '=', 'orders.id')
              .where('charge.state', 'in', liveStates),
          ),
        ),
      )
      .executeTakeFirst()
    return Number(numUpdatedRows)
  })
}
