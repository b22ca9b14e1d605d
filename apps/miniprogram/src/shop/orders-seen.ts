import type { orders } from '@shouyin/contracts/shopper'

const byId = new Map<string, orders.Order>()
const inDoubt = new Set<string>()

/** Keeps orders as the server last showed them, for as long as the app lives: never longer, they are about money. */
export function rememberOrders(...shown: readonly orders.Order[]): void {
  for (const order of shown) byId.set(order.id, order)
}

/** Notes whether an order may be paid without the server knowing it; `undefined` changes nothing. */
export function noteDoubt(id: string, isSo: boolean | undefined): void {
  if (isSo) inDoubt.add(id)
  if (isSo === false) inDoubt.delete(id)
}

export const isInDoubt = (id: string): boolean => inDoubt.has(id)

/** In no place is an order in doubt called unpaid. */
export function orderSeen(id: string): orders.Order | undefined {
  const order = byId.get(id)
  return order?.status === 'pending' && inDoubt.has(id) ? { ...order, confirming: true } : order
}
