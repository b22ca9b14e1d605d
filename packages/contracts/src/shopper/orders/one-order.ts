import * as v from 'valibot'
import { ById } from '../../page.ts'
import { defineRoute } from '../../route.ts'
import { Order } from './order.ts'

/** Exactly what `wx.requestPayment` takes. */
export const PaymentParameters = v.object({
  timeStamp: v.string(),
  nonceStr: v.string(),
  package: v.string(),
  signType: v.literal('RSA'),
  paySign: v.string(),
})
export type PaymentParameters = v.InferOutput<typeof PaymentParameters>

const notFound = { ORDER_NOT_FOUND: 404 } as const

export const getOrder = defineRoute({
  method: 'GET',
  path: '/api/orders/:id',
  summary: 'One order',
  input: ById,
  output: Order,
  errors: notFound,
})

export const getOrderByNumber = defineRoute({
  method: 'GET',
  path: '/api/orders/by-number/:outTradeNo',
  summary: "One order by its 商户订单号, for WeChat's order centre",
  input: v.strictObject({ outTradeNo: v.pipe(v.string(), v.minLength(6), v.maxLength(32)) }),
  output: Order,
  errors: notFound,
})

export const startPayment = defineRoute({
  method: 'POST',
  path: '/api/orders/:id/payment',
  summary: 'Parameters for wx.requestPayment',
  input: ById,
  output: PaymentParameters,
  errors: { ...notFound, ORDER_PAID: 409, ORDER_CLOSED: 409, ORDER_EXPIRED: 409, WECHATPAY_UNAVAILABLE: 503 },
})

export const checkOrder = defineRoute({
  method: 'POST',
  path: '/api/orders/:id/check',
  summary: 'Ask WeChat Pay what became of the order',
  input: ById,
  output: Order,
  errors: notFound,
})

export const cancelOrder = defineRoute({
  method: 'POST',
  path: '/api/orders/:id/cancel',
  summary: 'Cancel; answers closed, or closing while WeChat Pay will not close yet',
  input: ById,
  output: Order,
  errors: { ...notFound, ORDER_PAID: 409 },
})
