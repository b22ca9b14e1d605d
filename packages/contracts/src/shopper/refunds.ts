import * as v from 'valibot'
import { Fen, PositiveFen } from '../money.ts'
import { ById, Id } from '../page.ts'
import { defineRoute } from '../route.ts'

/**
 * requested: the shop has to decide · declined: it said no, `note` says why · processing: the money is on its way ·
 * succeeded: it is back · abnormal: the shopper's account did not take it, the shop sees to it · closed: it did not go.
 */
export const refundStatuses = ['requested', 'declined', 'processing', 'succeeded', 'abnormal', 'closed'] as const

/** Money that goes back to the shopper, or that he asked to get back. */
export const RefundProgress = v.object({
  id: v.string(),
  amountFen: Fen,
  /** Who began it; `automatic`: paid twice, or after the order was closed. */
  origin: v.fallback(v.picklist(['shopper', 'shop', 'automatic', 'unknown']), 'unknown'),
  /** A status that an old mini-program does not know becomes `unknown`, which has words of its own. */
  status: v.fallback(v.picklist([...refundStatuses, 'unknown']), 'unknown'),
  reason: v.nullable(v.string()),
  /** What the shop answered. */
  note: v.nullable(v.string()),
  /** Where the money went, e.g. 招商银行信用卡0403. */
  account: v.nullable(v.string()),
  createdAt: v.string(),
  finishedAt: v.nullable(v.string()),
})
export type RefundProgress = v.InferOutput<typeof RefundProgress>

export const requestRefund = defineRoute({
  method: 'POST',
  path: '/api/orders/:id/refund-requests',
  summary: 'Ask for money back; the shop decides, small sums go by themselves where the shop allows it',
  idempotent: true,
  status: 201,
  input: v.strictObject({
    id: Id,
    /** Default: all that is left of the order. */
    amountFen: v.optional(PositiveFen),
    reason: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(80)),
  }),
  output: RefundProgress,
  errors: {
    ORDER_NOT_FOUND: 404,
    ORDER_NOT_PAID: 409,
    REFUND_EXCEEDS_ORDER: 409,
    REFUND_COUNT_EXCEEDED: 409,
    REFUND_TOO_LATE: 409,
    REFUND_ALREADY_REQUESTED: 409,
    IDEMPOTENCY_KEY_REUSED: 409,
  },
})

export const listOrderRefunds = defineRoute({
  method: 'GET',
  path: '/api/orders/:id/refunds',
  summary: 'Requests and refunds of one order, newest first',
  input: ById,
  output: v.object({ refunds: v.array(RefundProgress), refundableFen: Fen }),
  errors: { ORDER_NOT_FOUND: 404 },
})
