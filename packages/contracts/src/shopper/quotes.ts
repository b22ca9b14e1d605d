import * as v from 'valibot'
import { Fen } from '../money.ts'
import { defineRoute } from '../route.ts'
import { createOrder, OrderItem } from './orders.ts'

/** What an order of these goods would cost now. */
export const Quote = v.object({
  items: v.array(OrderItem),
  amountFen: Fen,
  /** Taken off already, and by what. */
  discountFen: Fen,
  discountName: v.nullable(v.string()),
})
export type Quote = v.InferOutput<typeof Quote>

export const quoteOrder = defineRoute({
  method: 'POST',
  path: '/api/orders/quote',
  summary: 'What an order would cost now; nothing is reserved',
  input: createOrder.input,
  output: Quote,
  errors: { GOODS_NOT_FOUND: 404 },
})
