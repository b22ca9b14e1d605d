import * as v from 'valibot'
import { Fen } from '../money.ts'
import { ById, Id, next, page } from '../page.ts'
import { defineRoute } from '../route.ts'

export const refundRequestStates = ['requested', 'approved', 'declined'] as const

/** What a shopper asked for. */
export const RefundRequest = v.object({
  id: v.string(),
  orderId: v.string(),
  amountFen: Fen,
  reason: v.string(),
  state: v.picklist(refundRequestStates),
  note: v.nullable(v.string()),
  /** The refund that came of it. */
  refundId: v.nullable(v.string()),
  decidedBy: v.nullable(v.string()),
  createdAt: v.string(),
})
export type RefundRequest = v.InferOutput<typeof RefundRequest>

const errors = { REFUND_REQUEST_NOT_FOUND: 404, REFUND_REQUEST_DECIDED: 409 } as const

export const listRefundRequests = defineRoute({
  method: 'GET',
  path: '/api/merchant/refund-requests',
  summary: 'What shoppers asked for, newest first',
  scope: 'refunds:read',
  input: v.strictObject({ ...page, state: v.optional(v.picklist(refundRequestStates)) }),
  output: v.object({ requests: v.array(RefundRequest), next }),
  errors: {},
})

export const approveRefundRequest = defineRoute({
  method: 'POST',
  path: '/api/merchant/refund-requests/:id/approve',
  summary: 'Make the refund that was asked for',
  scope: 'refunds:write',
  input: ById,
  output: RefundRequest,
  errors: { ...errors, REFUND_EXCEEDS_ORDER: 409, REFUND_COUNT_EXCEEDED: 409, REFUND_TOO_LATE: 409 },
})

export const declineRefundRequest = defineRoute({
  method: 'POST',
  path: '/api/merchant/refund-requests/:id/decline',
  summary: 'Say no; the shopper reads the note',
  scope: 'refunds:write',
  input: v.strictObject({ id: Id, note: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(120)) }),
  output: RefundRequest,
  errors,
})
