import { orders } from '@shouyin/contracts/shopper'
import { api } from '../shared/api.ts'
import { createIdempotency } from '../shared/idempotency.ts'
import { isFinal } from '../shared/request-failed.ts'
import { storage } from '../shared/wechat.ts'
import type { CartLine } from './cart.ts'
import { rememberOrders } from './orders-seen.ts'

const idempotency = createIdempotency(storage, 'order')

/** Orders what is on the screen, once: the key outlives lost answers and a killed app. */
export async function placeOrder(items: CartLine[]): Promise<orders.Order> {
  const body = { items }
  try {
    const order = await api.call(orders.createOrder, body, { idempotencyKey: idempotency.keyFor(body) })
    idempotency.settle()
    rememberOrders(order)
    return order
  } catch (error) {
    if (isFinal(error)) idempotency.settle()
    throw error
  }
}
