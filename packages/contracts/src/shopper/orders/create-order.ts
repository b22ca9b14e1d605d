import * as v from 'valibot'
import { Id } from '../../page.ts'
import { defineRoute } from '../../route.ts'
import { Order } from './order.ts'

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
