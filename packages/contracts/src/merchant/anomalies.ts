import * as v from 'valibot'
import { Id, next, page } from '../page.ts'
import { defineRoute } from '../route.ts'

/** What WeChat Pay says that does not fit. */
export const anomalyKinds = [
  // Money of no charge or refund of ours.
  'unknown_charge',
  'unknown_refund',
  // It contradicts our record; nothing was settled.
  'evidence_mismatch',
  'refund_mismatch',
  // Collected by mistake; it goes back by itself.
  'paid_after_close',
  'paid_twice',
  // Made without us; given up here, and WeChat Pay has it.
  'foreign_refund',
  'withdrawn_refund',
  // The money did not reach the shopper.
  'refund_abnormal',
  'refund_closed',
  // Another sum than ours for a discount card; what it collects is booked as it says.
  'card_total_mismatch',
] as const

/** What does not fit our books and needs a person; the same again is counted, and opens it again. */
export const Anomaly = v.object({
  id: v.string(),
  kind: v.picklist(anomalyKinds),
  mchid: v.string(),
  outTradeNo: v.string(),
  /** As of the last time. */
  detail: v.record(v.string(), v.unknown()),
  times: v.number(),
  state: v.picklist(['open', 'resolved']),
  note: v.nullable(v.string()),
  resolvedBy: v.nullable(v.string()),
  firstSeenAt: v.string(),
  lastSeenAt: v.string(),
  resolvedAt: v.nullable(v.string()),
})
export type Anomaly = v.InferOutput<typeof Anomaly>

export const listAnomalies = defineRoute({
  method: 'GET',
  path: '/api/merchant/anomalies',
  summary: 'What did not fit our books, newest first',
  scope: 'books:read',
  input: v.strictObject({
    ...page,
    state: v.optional(v.picklist(['open', 'resolved'])),
    kind: v.optional(v.picklist(anomalyKinds)),
  }),
  output: v.object({ anomalies: v.array(Anomaly), next }),
  errors: {},
})

export const resolveAnomaly = defineRoute({
  method: 'POST',
  path: '/api/merchant/anomalies/:id/resolve',
  summary: 'Close an anomaly with an explanation; should it happen again, it is open again',
  scope: 'books:write',
  input: v.strictObject({ id: Id, note: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(500)) }),
  output: Anomaly,
  errors: { ANOMALY_NOT_FOUND: 404, ANOMALY_RESOLVED: 409 },
})
