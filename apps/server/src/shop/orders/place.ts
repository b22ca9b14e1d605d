import { randomUUIDv7 } from 'node:crypto'
import type { ShopperCtx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import type { Granted } from '../../kernel/discount.ts'
import { AppError } from '../../kernel/errors.ts'
import type { GoodsRow, OrderItemRow, OrderRow } from '../table.ts'
import { describeOrder } from './description.ts'

interface Wanted {
  readonly goodsId: string
  readonly quantity: number
}

/** What stands in an order, and what one of it costs. */
export type Line = Pick<GoodsRow, 'id' | 'name' | 'price_fen' | 'goods_tag'> & { readonly quantity: number }

export type PlacedOrder = OrderRow & { readonly items: readonly OrderItemRow[] }

/**
 * Makes an order. Prices, payer and merchant come from our own records, never from the request.
 * @throws AppError GOODS_NOT_FOUND
 */
export async function placeOrder(tx: Tx, ctx: ShopperCtx, wanted: readonly Wanted[]): Promise<PlacedOrder> {
  const lines = await priceLines(tx, wanted)
  const discount = await grantDiscount(tx, ctx, lines)
  const order = await placeLines(tx, ctx, lines, discount)
  await discount?.keep(order.id)
  return order
}

/** What makes an order of these goods cheaper now, if anything does. */
export function grantDiscount(tx: Tx, ctx: ShopperCtx, lines: readonly Line[]): Promise<Granted | undefined> {
  const { appid, openid } = ctx.actor
  return ctx.discount(tx, { mchid: ctx.config.mchid, appid, openid, lines, now: ctx.clock.now() })
}

/** … of what was priced already, by our own records too. */
export async function placeLines(
  tx: Tx,
  ctx: ShopperCtx,
  lines: readonly Line[],
  discount?: Pick<Granted, 'fen' | 'name'>,
): Promise<PlacedOrder> {
  const id = randomUUIDv7()
  const now = ctx.clock.now()
  const order = await tx
    .insertInto('orders')
    .values({
      id,
      user_id: ctx.actor.userId,
      mchid: ctx.config.mchid,
      appid: ctx.actor.appid,
      openid: ctx.actor.openid,
      amount_fen: totalFen(lines) - (discount?.fen ?? 0),
      discount_fen: discount?.fen ?? 0,
      discount_name: discount?.name ?? null,
      description: describeOrder(ctx.config.merchantName, lines),
      goods_tag: sharedTag(lines),
      // Comes back in queries, notifications and bills: finds the order from any of them.
      attach: `order:${id}`,
      created_at: now,
      expires_at: new Date(now.getTime() + ctx.config.orderTtlSeconds * 1000),
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  const items = await tx
    .insertInto('order_item')
    .values(
      lines.map((line, position) => ({
        order_id: id,
        position,
        goods_id: line.id,
        name: line.name,
        price_fen: line.price_fen,
        quantity: line.quantity,
      })),
    )
    .returningAll()
    .execute()
  return { ...order, items }
}

export const totalFen = (lines: readonly Pick<Line, 'price_fen' | 'quantity'>[]): number =>
  lines.reduce((sum, line) => sum + line.price_fen * line.quantity, 0)

/** @throws AppError GOODS_NOT_FOUND */
export async function priceLines(tx: Tx, wanted: readonly Wanted[]): Promise<readonly Line[]> {
  const ids = wanted.map((item) => item.goodsId)
  const goods = await tx.selectFrom('goods').selectAll().where('id', 'in', ids).where('on_sale', '=', true).execute()
  return wanted.map(({ goodsId, quantity }, index) => {
    const found = goods.find((row) => row.id === goodsId)
    if (!found) {
      throw new AppError('GOODS_NOT_FOUND', '商品不存在或已下架，请刷新后重选', { field: `items.${index}.goodsId` })
    }
    return { ...found, quantity }
  })
}

/** 订单优惠标记: only where all that is bought carries the same. */
function sharedTag(lines: readonly Line[]): string | null {
  const tags = new Set(lines.map((line) => line.goods_tag))
  return tags.size === 1 ? (lines[0]?.goods_tag ?? null) : null
}
