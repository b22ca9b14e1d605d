import { goods } from '@shouyin/contracts/shopper'
import { api } from '../shared/api.ts'
import { createKept } from '../shared/kept.ts'
import { type Loading, useLoad } from '../shared/use-load.ts'
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

/** One thing as of now; the shelf as it was seen learns of it. */
async function fetchOne(id: string): Promise<goods.Goods> {
  const one = await api.call(goods.getGoods, { id })
  const shelf = kept.read()?.goods
  const isOnIt = shelf?.some((other) => other.id === id)
  if (shelf) kept.write({ goods: isOnIt ? shelf.map((other) => (other.id === id ? one : other)) : [...shelf, one] })
  return one
}

/** Everything on sale, at once when it was seen before. */
export const useGoodsList = () => useLoad(fetchGoods, kept.read)

/** The same for a cart, with what was seen since: a shelf that lacks something of it may only be old. */
export function useGoodsOf(cart: Cart): Loading<GoodsList> {
  const loaded = useLoad(fetchGoods, () => (cart.every(({ goodsId }) => goodsSeen(goodsId)) ? kept.read() : undefined))
  const seen = kept.read()
  return loaded.state === 'ready' && seen ? { ...loaded, value: seen } : loaded
}

/** Everything on sale as of now. */
export const useGoodsToday = () => useLoad(fetchGoods)

/** One thing, at once when it was seen before. */
export const useGoods = (id: string) =>
  useLoad(
    () => fetchOne(id),
    () => goodsSeen(id),
  )

const goodsSeen = (id: string): goods.Goods | undefined => kept.read()?.goods.find((one) => one.id === id)
