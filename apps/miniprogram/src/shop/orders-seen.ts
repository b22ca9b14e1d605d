import type { orders } from '@shouyin/contracts/shopper'

const byId = new Map<string, orders.Order>()

/** Keeps orders as the server last showed them, for as long as the app lives: never longer, they are about money. */
export function rememberOrders(...shown: readonly orders.Order[]): void {
  for (const order of shown) byId.set(order.id, order)
}

export const orderSeen = (id: string): orders.Order | undefined => byId.get(id)
