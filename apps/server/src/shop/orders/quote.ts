import type { ParsedInputOf } from '@shouyin/contracts/route'
import type { quotes } from '@shouyin/contracts/shopper'
import type { ShopperCtx } from '../../kernel/context.ts'
import { inTransaction } from '../../kernel/db.ts'
import { grantDiscount, priceLines, totalFen } from './place.ts'

/** What `placeOrder` would make of it this very moment. Nothing is kept: the order itself decides. */
export function quoteOrder(ctx: ShopperCtx, { items }: ParsedInputOf<typeof quotes.quoteOrder>): Promise<quotes.Quote> {
  return inTransaction(ctx.db, async (tx) => {
    const lines = await priceLines(tx, items)
    const discount = await grantDiscount(tx, ctx, lines)
    return {
      items: lines.map(({ id, name, price_fen, quantity }) => ({ goodsId: id, name, priceFen: price_fen, quantity })),
      amountFen: totalFen(lines) - (discount?.fen ?? 0),
      discountFen: discount?.fen ?? 0,
      discountName: discount?.name ?? null,
    }
  })
}
