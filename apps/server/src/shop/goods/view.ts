import type { goods } from '@shouyin/contracts/shopper'
import type { GoodsRow } from '../table.ts'

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
