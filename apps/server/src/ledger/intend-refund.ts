import { sql } from 'kysely'
import type { Tx } from '../kernel/db.ts'
import type { RefundIntentTable } from './table.ts'

interface Intent {
  readonly chargeId: string
  readonly amountFen: number
  readonly cause: RefundIntentTable['cause']
}

/**
 * Sets money aside to go back by itself. It waits there until refunds are made; the reservation already keeps anyone
 * from returning the same money twice.
 */
export async function intendRefund(tx: Tx, { chargeId, amountFen, cause }: Intent, now: Date): Promise<void> {
  await tx
    .updateTable('charge')
    .set({
      refund_reserved_fen: sql<number>`refund_reserved_fen + ${amountFen}`,
      refund_count: sql<number>`refund_count + 1`,
    })
    .where('id', '=', chargeId)
    .execute()
  await tx
    .insertInto('refund_intent')
    .values({ charge_id: chargeId, cause, amount_fen: amountFen, created_at: now })
    .execute()
}
