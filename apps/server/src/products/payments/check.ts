import type { orders } from '@shouyin/contracts/shopper'
import type { ShopperCtx } from '../../kernel/context.ts'
import { findLiveCharge } from '../../ledger/repository.ts'
import { getOwnOrder } from '../../shop/orders/get.ts'
import { viewOrder } from '../../shop/orders/view.ts'
import { queryCharge } from './query.ts'

/**
 * Asks WeChat Pay what became of the order: what the phone reports is a reason to ask, never a payment. When WeChat Pay
 * cannot be asked, the order is `confirming`.
 */
export async function checkOrder(ctx: ShopperCtx, { id }: { id: string }): Promise<orders.Order> {
  await getOwnOrder(ctx, id)
  const charge = await findLiveCharge(ctx.db, 'order', id)
  if (charge) await queryCharge(ctx, charge)
  return viewOrder(ctx.db, await getOwnOrder(ctx, id))
}
