import type { orders } from '@shouyin/contracts/shopper'
import type { ShopperCtx } from '../../kernel/context.ts'
import { inTransaction } from '../../kernel/db.ts'
import { AppError } from '../../kernel/errors.ts'
import { lockLiveCharge } from '../../ledger/repository.ts'
import type { Charge } from '../../ledger/table.ts'
import { getOwnOrder } from '../../shop/orders/get.ts'
import { moveOrder } from '../../shop/orders/move.ts'
import { lockOrder } from '../../shop/orders/repository.ts'
import { viewOrder } from '../../shop/orders/view.ts'
import { beginClosing } from './begin-closing.ts'
import { closeAtWechat } from './close.ts'

/** 取消订单. May be repeated; answers `closing` for as long as WeChat Pay has not agreed. */
export async function cancelOrder(ctx: ShopperCtx, { id }: { id: string }): Promise<orders.Order> {
  await getOwnOrder(ctx, id)
  const charge = await wantClosed(ctx, id)
  if (charge) await closeAtWechat(ctx, charge)
  const order = await getOwnOrder(ctx, id)
  if (order.state === 'paid') throw new AppError('ORDER_PAID', '订单已支付，不能取消')
  return viewOrder(ctx.db, order)
}

/** @returns the charge that WeChat Pay still has to close, if any */
function wantClosed(ctx: ShopperCtx, id: string): Promise<Charge | undefined> {
  return inTransaction(ctx.db, async (tx) => {
    const order = await lockOrder(tx, id)
    if (order.state === 'paid' || order.state === 'closed') return undefined
    const charge = await lockLiveCharge(tx, 'order', id)
    if (charge) await beginClosing(tx, order, charge, ctx.clock.now())
    else await moveOrder(tx, order, 'closed')
    return charge
  })
}
