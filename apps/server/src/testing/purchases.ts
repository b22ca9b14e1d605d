import { randomUUID } from 'node:crypto'
import { endpoints } from '@shouyin/wechatpay-core/refunds'
import type { MerchantCtx, RequestInfo, ShopperCtx } from '../kernel/context.ts'
import { inTransaction } from '../kernel/db.ts'
import { queryByNumber } from '../products/payments/query.ts'
import { startPayment } from '../products/payments/start-payment.ts'
import { catchUp } from '../products/refunds/catch-up.ts'
import { createRefund } from '../products/refunds/create-refund.ts'
import { queryRefund } from '../products/refunds/query.ts'
import { placeOrder } from '../shop/orders/place.ts'
import type { OrderRow } from '../shop/table.ts'
import { createUse } from '../shop/uses/create.ts'
import type { World } from './world.ts'

/** What shoppers do with goods, and the shop with their orders: placed, paid, used, given back. Nobody sweeps. */
export function purchasesIn({ ctx, simulated, advance }: World, asking: () => MerchantCtx & RequestInfo) {
  const { db } = ctx
  const { mchid } = ctx.config
  return {
    order: (shopper: ShopperCtx, ...goodsIds: readonly string[]): Promise<OrderRow> => {
      const lines = (goodsIds.length > 0 ? goodsIds : ['swim-pass']).map((goodsId) => ({ goodsId, quantity: 1 }))
      return inTransaction(db, (tx) => placeOrder(tx, shopper, lines))
    },
    /** The shopper pays at WeChat Pay; we do not know it yet. @returns 商户订单号 */
    async payAtWechat(shopper: ShopperCtx, { id }: Pick<OrderRow, 'id'>): Promise<string> {
      await startPayment(shopper, { id })
      const { out_trade_no } = await db
        .selectFrom('charge')
        .select('out_trade_no')
        .where('subject_id', '=', id)
        .orderBy('id', 'desc')
        .executeTakeFirstOrThrow()
      await simulated.pay(out_trade_no)
      return out_trade_no
    },
    hear: (outTradeNo: string): Promise<unknown> => queryByNumber(ctx, { mchid, outTradeNo }),
    async pay(shopper: ShopperCtx, order: Pick<OrderRow, 'id'>): Promise<OrderRow> {
      await this.hear(await this.payAtWechat(shopper, order))
      return this.orderRow(order)
    },
    /** An order that was placed and paid. */
    async buy(shopper: ShopperCtx, ...goodsIds: readonly string[]): Promise<OrderRow> {
      return this.pay(shopper, await this.order(shopper, ...goodsIds))
    },
    orderRow: ({ id }: Pick<OrderRow, 'id'>): Promise<OrderRow> =>
      db.selectFrom('orders').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
    /** Money goes back. */
    startRefund: ({ id }: Pick<OrderRow, 'id'>, amountFen?: number) =>
      createRefund(asking(), { id, reason: '顾客改期', ...(amountFen !== undefined && { amountFen }) }),
    /** … and is back. */
    async refund(order: Pick<OrderRow, 'id'>, amountFen?: number): Promise<void> {
      await this.startRefund(order, amountFen)
      await advance(60)
      while ((await catchUp(ctx)) > 0);
    },
    /** Somebody gives money back in 商户平台, and we come to hear of it. */
    async foreignRefund(outTradeNo: string, amountFen?: number): Promise<void> {
      const { transactionId, amountFen: total } = await simulated.transaction(outTradeNo)
      const number = { mchid, out_refund_no: `theirs-${randomUUID().slice(0, 8)}` }
      const amount = { refund: amountFen ?? total, total, currency: 'CNY' } as const
      const body = { transaction_id: transactionId ?? '', out_refund_no: number.out_refund_no, amount }
      await ctx.wechat(mchid).call(endpoints.create, { body })
      await advance(60)
      await queryRefund(ctx, number)
    },
    use: ({ id }: Pick<OrderRow, 'id'>, goodsId = 'swim-pass', quantity = 1) =>
      createUse(asking(), { id, goodsId, quantity }),
  }
}
