import * as v from 'valibot'
import { ById, Id } from '../page.ts'
import { defineRoute } from '../route.ts'

/** 核销: what was bought was used. */
export const Use = v.object({
  id: v.string(),
  orderId: v.string(),
  goodsId: v.string(),
  quantity: v.number(),
  usedAt: v.string(),
  usedBy: v.string(),
  undoneAt: v.nullable(v.string()),
})
export type Use = v.InferOutput<typeof Use>

export const createUse = defineRoute({
  method: 'POST',
  path: '/api/merchant/orders/:id/uses',
  summary: 'The shopper uses what was bought; the id, a 商户订单号 or a 微信订单号 finds the order',
  scope: 'orders:write',
  idempotent: true,
  status: 201,
  input: v.strictObject({
    id: Id,
    goodsId: Id,
    quantity: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(99)), 1),
  }),
  output: Use,
  errors: {
    ORDER_NOT_FOUND: 404,
    ORDER_NOT_PAID: 409,
    /** The order has less of it, all of it was used, or its money went back. */
    NOTHING_TO_USE: 409,
    IDEMPOTENCY_KEY_REUSED: 409,
  },
})

export const listUses = defineRoute({
  method: 'GET',
  path: '/api/merchant/orders/:id/uses',
  summary: 'What of one order was used',
  scope: 'orders:read',
  input: ById,
  output: v.object({ uses: v.array(Use) }),
  errors: { ORDER_NOT_FOUND: 404 },
})

export const undoUse = defineRoute({
  method: 'POST',
  path: '/api/merchant/uses/:id/undo',
  summary: 'It was entered by mistake; may be repeated',
  scope: 'orders:write',
  input: ById,
  output: Use,
  errors: { USE_NOT_FOUND: 404 },
})
