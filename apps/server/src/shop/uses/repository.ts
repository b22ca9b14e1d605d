import { sql } from 'kysely'
import type { Tx } from '../../kernel/db.ts'
import type { ServiceUse } from '../table.ts'

/** How many of these goods of one order were used. The caller holds the lock of the order. */
export async function usedQuantity(
  tx: Tx,
  { orderId, goodsId }: { readonly orderId: string; readonly goodsId: string },
): Promise<number> {
  const { used } = await tx
    .selectFrom('service_use')
    .select(sql<number>`coalesce(sum(quantity), 0)::int`.as('used'))
    .where('order_id', '=', orderId)
    .where('goods_id', '=', goodsId)
    .where('undone_at', 'is', null)
    .executeTakeFirstOrThrow()
  return used
}

export const readUse = (tx: Tx, id: string): Promise<ServiceUse> =>
  tx.selectFrom('service_use').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
