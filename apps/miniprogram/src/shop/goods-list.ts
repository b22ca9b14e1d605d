import { goods } from '@shouyin/contracts/shopper'
import { api } from '../shared/api.ts'
import { createKept } from '../shared/kept.ts'
import { useLoad } from '../shared/use-load.ts'
import { storage } from '../shared/wechat.ts'
import type { Cart } from './cart.ts'

export type GoodsList = { goods: goods.Goods[] }

/** The shelf as it was last seen. For looking at: what is charged is asked for again at checkout. */
const kept = createKept<GoodsList>(storage, 'goods', goods.listGoods.output)

async function fetchGoods(): Promise<GoodsList> {
  const list = await api.call(goods.listGoods, {})
  kept.write(list)
  return list
}

/** Everything on sale, at once when it was seen before. */
export const useGoodsList = () => useLoad(fetchGoods, kept.read)

/** The same for a cart: a shelf that lacks something of it may only be old. */
export const useGoodsOf = (cart: Cart) =>
  useLoad(fetchGoods, () => (cart.every(({ goodsId }) => goodsSeen(goodsId)) ? kept.read() : undefined))

/** Everything on sale as of now. */
export const useGoodsToday = () => useLoad(fetchGoods)

export const goodsSeen = (id: string): goods.Goods | undefined => kept.read()?.goods.find((one) => one.id === id)
