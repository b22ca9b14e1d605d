import type { goods } from '@shouyin/contracts/shopper'
import type { Ctx } from '../../kernel/context.ts'
import type { GoodsRow } from '../table.ts'

/** Goods are shown to anybody. */
export type GoodsCtx = { readonly db: Ctx['db']; readonly config: Pick<Ctx['config'], 'notifyBaseUrl'> }

/** Absolute, because a mini-program has no address of its own to resolve it against. */
export function viewGoods(row: GoodsRow, publicUrl: URL): goods.Goods {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    kind: row.kind,
    priceFen: row.price_fen,
    imageUrl: new URL(`/images/goods/${row.id}.png`, publicUrl).href,
  }
}
