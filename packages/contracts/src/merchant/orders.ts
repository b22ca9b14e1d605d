import * as v from 'valibot'
import { Fen } from '../money.ts'
import { ById, next, page } from '../page.ts'
import { defineRoute } from '../route.ts'
import { OrderItem, orderStatuses } from '../shopper/orders.ts'

/** One sum that WeChat Pay collected or may collect for the order. */
export const Charge = v.object({
  outTradeNo: v.string(),
  transactionId: v.nullable(v.string()),
  state: v.picklist(['opened', 'closing', 'closed', 'succeeded']),
  /** What the money did: it paid the order, or it goes back by itself. */
  settlement: v.nullable(v.picklist(['settled', 'paid_after_close', 'paid_twice'])),
  amountFen: Fen,
  /** Back, on its way back, or waiting to go. */
  refundReservedFen: Fen,
  successTime: v.nullable(v.string()),
})

export const MerchantOrder = v.object({
  id: v.string(),
  status: v.picklist(orderStatuses),
  amountFen: Fen,
  discountFen: Fen,
  discountName: v.nullable(v.string()),
  refundedFen: Fen,
  description: v.string(),
  openid: v.string(),
  items: v.array(OrderItem),
  charges: v.array(Charge),
  createdAt: v.string(),
  expiresAt: v.string(),
  paidAt: v.nullable(v.string()),
})
export type MerchantOrder = v.InferOutput<typeof MerchantOrder>

export const listMerchantOrders = defineRoute({
  method: 'GET',
  path: '/api/merchant/orders',
  summary: 'All orders, newest first',
  scope: 'orders:read',
  input: v.strictObject({ ...page, status: v.optional(v.picklist(orderStatuses)) }),
  output: v.object({ orders: v.array(MerchantOrder), next }),
  errors: {},
})

export const getMerchantOrder = defineRoute({
  method: 'GET',
  path: '/api/merchant/orders/:id',
  summary: 'One order with its charges; the id, a 商户订单号 or a 微信订单号 finds it',
  scope: 'orders:read',
  input: ById,
  output: MerchantOrder,
  errors: { ORDER_NOT_FOUND: 404 },
})
