import type { orders } from '@shouyin/contracts/shopper'
import type { ShopperCtx } from '../../kernel/context.ts'
import { inTransaction } from '../../kernel/db.ts'
import { untilReady } from '../../kernel/until-ready.ts'
import { getOwnOrder } from '../../shop/orders/get.ts'
import { askPrepay } from './ask-prepay.ts'
import { takeTurn } from './take-turn.ts'

/**
 * Parameters for `wx.requestPayment`. Every round reads the order anew, so a prepay_id is only handed out while its
 * charge is live and its order payable.
 * @throws AppError ORDER_PAID, ORDER_CLOSED, ORDER_EXPIRED; WECHATPAY_UNAVAILABLE when the outcome is unknown
 */
export async function startPayment(ctx: ShopperCtx, { id }: { id: string }): Promise<orders.PaymentParameters> {
  await getOwnOrder(ctx, id)
  const { charge, prepayId } = await untilReady({
    takeTurn: () => inTransaction(ctx.db, (tx) => takeTurn(tx, ctx, id)),
    ask: (turn) => askPrepay(ctx, turn),
  })
  return ctx.wechat(charge.mchid).paySign({ appid: charge.appid, prepayId })
}
