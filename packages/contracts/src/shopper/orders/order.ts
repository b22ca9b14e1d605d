import * as v from 'valibot'
import { Fen } from '../../money.ts'

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
