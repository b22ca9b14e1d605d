import * as v from 'valibot'
import { next, page } from '../page.ts'
import { defineRoute } from '../route.ts'

/** Who did what. Rows are never changed. */
export const AuditEntry = v.object({
  id: v.string(),
  at: v.string(),
  /** The person of the key, or of the command line. */
  person: v.string(),
  keyId: v.nullable(v.string()),
  /** e.g. `refund.create`, `key.create`. */
  action: v.string(),
  subject: v.string(),
  detail: v.record(v.string(), v.unknown()),
  requestId: v.nullable(v.string()),
})

export type AuditEntry = v.InferOutput<typeof AuditEntry>

export const listAudit = defineRoute({
  method: 'GET',
  path: '/api/merchant/audit',
  summary: 'Who did what, newest first',
  scope: 'audit:read',
  input: v.strictObject({ ...page, subject: v.optional(v.pipe(v.string(), v.maxLength(64))) }),
  output: v.object({ entries: v.array(AuditEntry), next }),
  errors: {},
})
