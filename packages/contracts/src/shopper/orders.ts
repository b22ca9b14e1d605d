import * as v from 'valibot'
import { Fen } from '../money.ts'
import { ById, Id, next, page } from '../page.ts'
import { defineRoute } from '../route.ts'

export const orderStatuses = ['pending', 'closing', 'paid', 'closed'] as const

export const OrderItem = v.object({
  goodsId: v.string(),
  name: v.string(),
  priceFen: Fen,
  quantity: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
})

export const Order = v.object({
  id: v.string(),
  /** 商户订单号 of the latest charge. */
  outTradeNo: v.nullable(v.string()),
  /** A status that an old mini-program does not know becomes `unknown`, which has a screen of its own. */
  status: v.fallback(v.picklist([...orderStatuses, 'unknown']), 'unknown'),
  /** True while WeChat has to be asked before anything can be said. */
  confirming: v.boolean(),
  amountFen: Fen,
  /** What a discount card took off; `amountFen` is what is paid. */
  discountFen: Fen,
  discountName: v.nullable(v.string()),
  refundedFen: Fen,
  items: v.array(OrderItem),
  createdAt: v.string(),
  expiresAt: v.string(),
  paidAt: v.nullable(v.string()),
})
export type Order = v.InferOutput<typeof Order>

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

export const createOrder = defineRoute({
  method: 'POST',
  path: '/api/orders',
  summary: 'Order goods; the server sets the prices',
  idempotent: true,
  status: 201,
  input: v.strictObject({
    items: v.pipe(
      v.array(
        v.strictObject({
          goodsId: Id,
          quantity: v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(99)),
        }),
      ),
      v.minLength(1),
      v.maxLength(50),
      v.check(
        (items) => new Set(items.map((item) => item.goodsId)).size === items.length,
        'name each goods id once and use its quantity',
      ),
    ),
  }),
  output: Order,
  errors: { GOODS_NOT_FOUND: 404, IDEMPOTENCY_KEY_REUSED: 409 },
})

export const listOrders = defineRoute({
  method: 'GET',
  path: '/api/orders',
  summary: "The shopper's orders, newest first",
  input: v.strictObject(page),
  output: v.object({ orders: v.array(Order), next }),
  errors: {},
})

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
