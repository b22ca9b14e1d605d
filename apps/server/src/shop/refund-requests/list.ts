import type { refunds } from '@shouyin/contracts/shopper'
import type { ShopperCtx } from '../../kernel/context.ts'
import { listRefundsOf } from '../../ledger/refunds.ts'
import { listCharges } from '../../ledger/repository.ts'
import { getOwnOrder } from '../orders/get.ts'
import { refundableFen } from '../orders/refundable.ts'
import { viewRefund, viewRequest } from './view.ts'

/** All money of one order that went back, is on its way, or was asked for. What the shop only considers is its own affair. */
export async function listOrderRefunds(
  ctx: ShopperCtx,
  { id }: { id: string },
): Promise<{ refunds: refunds.RefundProgress[]; refundableFen: number }> {
  const order = await getOwnOrder(ctx, id)
  const requests = await ctx.db
    .selectFrom('refund_request')
    .selectAll()
    .where('order_id', '=', id)
    .where('state', '<>', 'approved')
    .execute()
  const made = (await listRefundsOf(ctx.db, 'order', id)).filter(
    ({ cause, state }) => cause === 'shopper' || (state !== 'proposed' && state !== 'declined'),
  )
  const progress = [...requests.map(viewRequest), ...made.map(viewRefund)]
  progress.sort((a, b) => (a.id < b.id ? 1 : -1))
  const charge = (await listCharges(ctx.db, 'order', [id])).find((one) => one.id === order.paid_charge_id)
  return { refunds: progress, refundableFen: charge ? refundableFen(charge) : 0 }
}
