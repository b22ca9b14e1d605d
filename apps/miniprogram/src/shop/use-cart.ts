import { useSyncExternalStore } from 'react'
import { showTabCount, storage, toast } from '../shared/wechat.ts'
import { type Cart, countOf, createCartStore, MAX_LINES, MAX_QUANTITY, quantityOf, withQuantity } from './cart.ts'

const store = createCartStore(storage)

export const useCart = (): Cart => useSyncExternalStore(store.subscribe, store.get)

export function setQuantity(goodsId: string, quantity: number): void {
  store.set(withQuantity(store.get(), goodsId, quantity))
}

/** Puts more of something into the cart and says so. */
export function addToCart(goodsId: string, quantity: number): void {
  const before = quantityOf(store.get(), goodsId)
  if (before === 0 && store.get().length >= MAX_LINES) {
    toast(`购物车最多放 ${MAX_LINES} 种商品`)
    return
  }
  if (before + quantity > MAX_QUANTITY) toast(`每种最多买 ${MAX_QUANTITY} 件`)
  else toast('已加入购物车')
  setQuantity(goodsId, before + quantity)
}

/** After ordering: what was ordered leaves, what was added meanwhile stays. */
export function takeOut(lines: Cart): void {
  for (const line of lines) setQuantity(line.goodsId, quantityOf(store.get(), line.goodsId) - line.quantity)
}

const CART_TAB = 1

/** The number on the cart's tab; a tab page calls it when it is shown. */
export const showCartCount = (): void => showTabCount(CART_TAB, countOf(store.get()))
