import type { goods } from '@shouyin/contracts/shopper'
import { type GoodsCtx, viewGoods } from './view.ts'

/** Everything that is on sale, in the order of the shelf. */
export async function listGoods(ctx: GoodsCtx): Promise<{ goods: goods.Goods[] }> {
  const rows = await ctx.db.selectFrom('goods').selectAll().where('on_sale', '=', true).orderBy('position').execute()
  return { goods: rows.map((row) => viewGoods(row, ctx.config.notifyBaseUrl)) }
}
