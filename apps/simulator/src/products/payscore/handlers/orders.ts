import type { endpoints } from '@shouyin/wechatpay-core/payscore'
import type { Caller, Handlers } from '../../../kernel/handler.ts'
import type { StoredServiceOrder } from '../../../kernel/payscore/stored.ts'
import { completedOrderToWire, createdOrderToWire, orderToWire } from '../model/order-wire.ts'
import { cancelOrder, modifyOrder, syncOrder } from './change-order.ts'
import { completeOrder } from './complete-order.ts'
import { createOrder } from './create-order.ts'
import { insist, type PayScoreRefuse, refusals } from './refusals.ts'
import { brokenSameness, type NamedAgain } from './service-rules.ts'

type OrderHandlers = Omit<
  Handlers<typeof endpoints>,
  'createPlan' | 'queryPlan' | 'stopPlan' | 'createSignPlan' | 'querySignPlan' | 'stopSignPlan'
>

/** 支付分订单 of a plan's details. */
export const orders: OrderHandlers = {
  createServiceOrder: ({ body, ...caller }, refuse) => createdOrderToWire(createOrder(caller, body, refuse)),

  queryServiceOrder: ({ query, world, merchant }, refuse) => {
    const { out_order_no: number, query_id: queryId = '' } = query
    const { payScore } = world
    const order =
      number === undefined ? payScore.orderByQueryId(merchant.mchid, queryId) : payScore.order(merchant.mchid, number)
    // GUESS: service_id and appid are part of what is looked for.
    if (!order || brokenSameness(order, query)) throw refuse(...refusals.ORDER_UNKNOWN)
    return orderToWire(order)
  },

  completeServiceOrder: ({ path, body, ...caller }, refuse) => {
    const order = findOrder(caller, path, body, refuse)
    completeOrder(caller.world, order, body, refuse)
    return completedOrderToWire(order)
  },

  cancelServiceOrder: ({ path, body, ...caller }, refuse) => {
    const order = findOrder(caller, path, body, refuse)
    cancelOrder(caller.world, order, body.reason, refuse)
    const { appid, mchid, outOrderNo, serviceId, orderId } = order
    return { appid, mchid, out_order_no: outOrderNo, service_id: serviceId, order_id: orderId }
  },

  modifyServiceOrder: ({ path, body, ...caller }, refuse) => {
    const order = findOrder(caller, path, body, refuse)
    modifyOrder(caller.world, order, body, refuse)
    return orderToWire(order)
  },

  syncServiceOrder: ({ path, body, ...caller }, refuse) => {
    const order = findOrder(caller, path, body, refuse)
    syncOrder(caller.world, order, body, refuse)
    return orderToWire(order)
  },
}

/** The caller's own order, named with the service and the mini-program with which it was created. */
function findOrder(
  { world, merchant }: Caller,
  { out_order_no: number }: { readonly out_order_no: string },
  body: NamedAgain,
  refuse: PayScoreRefuse,
): StoredServiceOrder {
  const order = world.payScore.order(merchant.mchid, number)
  if (!order) throw refuse(...refusals.ORDER_UNKNOWN)
  insist(brokenSameness(order, body), refuse)
  return order
}
