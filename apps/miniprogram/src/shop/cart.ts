import type { Storage } from '../shared/storage.ts'

export interface CartLine {
  goodsId: string
  quantity: number
}
/** What the shopper wants, without prices: those are the server's. Newest first. */
export type Cart = readonly CartLine[]

export const MAX_LINES = 50
export const MAX_QUANTITY = 99

export const quantityOf = (cart: Cart, goodsId: string): number =>
  cart.find((line) => line.goodsId === goodsId)?.quantity ?? 0

export const countOf = (lines: readonly { quantity: number }[]): number =>
  lines.reduce((sum, line) => sum + line.quantity, 0)

/** Sets a quantity within 0…99; 0 takes the line out. A full cart takes no new line. */
export function withQuantity(cart: Cart, goodsId: string, quantity: number): Cart {
  const wanted = Math.min(Math.max(Math.trunc(quantity), 0), MAX_QUANTITY)
  if (wanted === 0) return cart.filter((line) => line.goodsId !== goodsId)
  if (cart.some((line) => line.goodsId === goodsId))
    return cart.map((line) => (line.goodsId === goodsId ? { goodsId, quantity: wanted } : line))
  return cart.length < MAX_LINES ? [{ goodsId, quantity: wanted }, ...cart] : cart
}

export interface PricedLine<Goods> {
  goods: Goods
  quantity: number
  amountFen: number
}

/** Puts today's prices on a cart; `gone` is what is no longer on sale. */
export function priceCart<Goods extends { id: string; priceFen: number }>(
  cart: Cart,
  onSale: readonly Goods[],
): { lines: PricedLine<Goods>[]; gone: CartLine[]; totalFen: number } {
  const byId = new Map(onSale.map((goods) => [goods.id, goods]))
  const gone: CartLine[] = []
  const lines = cart.flatMap((line): PricedLine<Goods>[] => {
    const goods = byId.get(line.goodsId)
    if (goods) return [{ goods, quantity: line.quantity, amountFen: goods.priceFen * line.quantity }]
    gone.push(line)
    return []
  })
  return { lines, gone, totalFen: lines.reduce((sum, line) => sum + line.amountFen, 0) }
}

const KEY = 'cart'

const isLine = (value: unknown): value is CartLine => {
  const { goodsId, quantity } = (value ?? {}) as Partial<CartLine>
  return typeof goodsId === 'string' && Number.isInteger(quantity) && Number(quantity) > 0
}

/** The cart in storage, with listeners for the screens. What an older version left there is read leniently. */
export function createCartStore(storage: Storage) {
  const stored = storage.read(KEY)
  let cart: Cart = Array.isArray(stored) ? stored.filter(isLine) : []
  const listeners = new Set<() => void>()
  return {
    get: (): Cart => cart,
    set(next: Cart): void {
      cart = next
      storage.write(KEY, cart)
      for (const listener of listeners) listener()
    },
    subscribe(listener: () => void): () => void {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
