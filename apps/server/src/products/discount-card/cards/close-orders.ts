import type { Ctx } from '../../../kernel/context.ts'
import { inTransaction, type Tx } from '../../../kernel/db.ts'
import { startClosing } from '../../../ledger/close.ts'
import { lockLiveCharge } from '../../../ledger/repository.ts'
import { moveOrder } from '../../../shop/orders/move.ts'
import { lockOrder } from '../../../shop/orders/repository.ts'
import { endedCardStates } from '../states.ts'

const BATCH = 50

/**
 * The discount is not there any more: nobody shall pay an order that a card made cheaper which has ended since. One that
 * is paid all the same stays as ordered. One transaction an order: who holds a card waits for none.
 * @returns how many there were
 */
export async function closeOrdersOfEnded(ctx: Ctx): Promise<number> {
  const open = await ctx.db
    .selectFrom('orders')
    .innerJoin('card_order', 'card_order.order_id', 'orders.id')
    .innerJoin('card', 'card.id', 'card_order.card_id')
    .select('orders.id')
    .where('orders.state', '=', 'pending')
    .where('card.state', 'in', endedCardStates)
    .limit(BATCH)
    .execute()
  for (const { id } of open) await inTransaction(ctx.db, (tx) => closeOrder(tx, id, ctx.clock.now()))
  if (open.length > 0) ctx.wake()
  return open.length
}

async function closeOrder(tx: Tx, id: string, now: Date): Promise<void> {
  const order = await lockOrder(tx, id)
  const charge = await lockLiveCharge(tx, 'order', id)
  const isClosing = await moveOrder(tx, order, 'closing')
  if (isClosing && charge) await startClosing(tx, charge, now)
}
