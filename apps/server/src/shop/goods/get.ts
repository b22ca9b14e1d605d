import type { goods } from '@shouyin/contracts/shopper'
import { AppError } from '../../kernel/errors.ts'
import { type GoodsCtx, viewGoods } from './view.ts'

/** @throws AppError GOODS_NOT_FOUND, also for what is no longer on sale */
export async function getGoods(ctx: GoodsCtx, { id }: { id: string }): Promise<goods.Goods> {
  const row = await ctx.db
    .selectFrom('goods')
    .selectAll()
    .where('id', '=', id)
    .where('on_sale', '=', true)
    .executeTakeFirst()
  if (!row) throw new AppError('GOODS_NOT_FOUND', '商品不存在或已下架')
  return viewGoods(row, ctx.config.notifyBaseUrl)
}
