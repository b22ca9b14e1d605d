import { step } from '@shouyin/wechatpay-core/contract'
import type { Tx } from '../../kernel/db.ts'
import type { OrderRow } from '../table.ts'
import { orderTransitions } from './states.ts'

/**
 * Closes an order, or says that it is to be closed. The caller holds its lock. `paid` is not to be had here: that is
 * the effect of a settled charge.
 * @returns false when the order may not move there (any more)
 */
export async function moveOrder(tx: Tx, order: OrderRow, to: 'closing' | 'closed'): Promise<boolean> {
  if (step(orderTransitions, order.state, to).kind !== 'move') return false
  const { numUpdatedRows } = await tx
    .updateTable('orders')
    .set({ state: to })
    .where('id', '=', order.id)
    .where('state', '=', order.state)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}
