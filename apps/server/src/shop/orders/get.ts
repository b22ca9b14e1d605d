import type { orders } from '@shouyin/contracts/shopper'
import type { ShopperCtx } from '../../kernel/context.ts'
import { AppError } from '../../kernel/errors.ts'
import type { OrderRow } from '../table.ts'
import { findOrder, findOrderByNumber } from './repository.ts'
import { viewOrder } from './view.ts'

/** @throws AppError ORDER_NOT_FOUND, for somebody else's order as for none */
export async function getOwnOrder(ctx: ShopperCtx, id: string): Promise<OrderRow> {
  return (await findOrder(ctx.db, ctx.actor.userId, id)) ?? notFound()
}

export async function getOrder(ctx: ShopperCtx, { id }: { id: string }): Promise<orders.Order> {
  return viewOrder(ctx.db, await getOwnOrder(ctx, id))
}

/** By 商户订单号 of any of its charges: how WeChat's order centre finds it. */
export async function getOrderByNumber(ctx: ShopperCtx, { outTradeNo }: { outTradeNo: string }): Promise<orders.Order> {
  const number = { mchid: ctx.config.mchid, outTradeNo }
  const order = await findOrderByNumber(ctx.db, ctx.actor.userId, number)
  return viewOrder(ctx.db, order ?? notFound())
}

function notFound(): never {
  throw new AppError('ORDER_NOT_FOUND', '订单不存在')
}
