import type { Ctx } from '../../kernel/context.ts'
import { inTransaction } from '../../kernel/db.ts'
import { closeCharge } from '../../ledger/close.ts'
import { lockCharge } from '../../ledger/repository.ts'
import type { Charge } from '../../ledger/table.ts'
import { moveOrder } from '../../shop/orders/move.ts'
import { lockOrder } from '../../shop/orders/repository.ts'

/**
 * Nothing can be collected for this charge any more. Its order closes with it when that was wanted or it has expired;
 * otherwise the order stays pending and may be paid by a new charge.
 */
export function finishClosing(ctx: Ctx, { id, subject_id }: Charge): Promise<void> {
  return inTransaction(ctx.db, async (tx) => {
    const order = await lockOrder(tx, subject_id)
    const charge = await lockCharge(tx, id)
    const closed = await closeCharge(tx, charge)
    if (!closed) {
      ctx.log.warn({ outTradeNo: charge.out_trade_no, state: charge.state }, 'late CLOSED refused')
      return
    }
    if (order.state === 'closing' || order.expires_at <= ctx.clock.now()) await moveOrder(tx, order, 'closed')
  })
}
