import { orders, quotes } from '@shouyin/contracts/shopper'
import type { Routing } from '../../kernel/http/routing.ts'
import { createOrder } from '../../shop/orders/create.ts'
import { getOrder, getOrderByNumber } from '../../shop/orders/get.ts'
import { listOrders } from '../../shop/orders/list.ts'
import { quoteOrder } from '../../shop/orders/quote.ts'
import { cancelOrder } from './cancel.ts'
import { checkOrder } from './check.ts'
import { startPayment } from './start-payment.ts'

/** What shoppers do with their own orders. */
export function mountOrders(routing: Routing): void {
  routing.shopper(orders, {
    createOrder,
    listOrders,
    getOrder,
    getOrderByNumber,
    startPayment,
    checkOrder,
    cancelOrder,
  })
  routing.shopper(quotes, { quoteOrder })
}
