import { randomUUIDv7 } from 'node:crypto'
import type { audit as contract } from '@shouyin/contracts/merchant'
import type { ParsedInputOf } from '@shouyin/contracts/route'
import type { MerchantCtx, RequestInfo } from './context.ts'
import type { Tx } from './db.ts'
import { cutPage, readCursor } from './page.ts'

export interface AuditRecord {
  readonly person: string
  /** Null: not by a merchant key. */
  readonly keyId: string | null
  /** What was done, e.g. `refund.create`. */
  readonly action: string
  /** The id of what it was done to; entries are looked up by it. */
  readonly subject: string
  /** What a person wants to know later: before, after, amounts, reasons. No secrets. */
  readonly detail: Readonly<Record<string, unknown>>
  readonly requestId: string | null
}

/** 审计: in the transaction of what was done, so that neither exists without the other. */
export async function recordAudit(tx: Tx, entry: AuditRecord, now: Date): Promise<void> {
  await tx
    .insertInto('audit_entry')
    .values({
      id: randomUUIDv7(),
      at: now,
      person: entry.person,
      key_id: entry.keyId,
      action: entry.action,
      subject: entry.subject,
      detail: JSON.stringify(entry.detail),
      request_id: entry.requestId,
    })
    .execute()
}

/** … what somebody of the shop did by a request. */
export function audit(
  tx: Tx,
  { clock, merchant: { person, keyId }, requestId }: MerchantCtx & RequestInfo,
  action: `${string}.${string}`,
  subject: string,
  detail: AuditRecord['detail'],
): Promise<void> {
  return recordAudit(tx, { person, keyId, action, subject, detail, requestId }, clock.now())
}

/** Newest first. */
export async function listAudit(
  { db }: MerchantCtx,
  { limit, after, subject }: ParsedInputOf<typeof contract.listAudit>,
): Promise<{ entries: contract.AuditEntry[]; next: string | null }> {
  const cursor = readCursor(after)
  const rows = await db
    .selectFrom('audit_entry')
    .selectAll()
    .$if(subject !== undefined, (query) => query.where('subject', '=', subject ?? ''))
    .$if(cursor !== undefined, (query) => query.where('id', '<', cursor ?? ''))
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const { page, next } = cutPage(rows, limit)
  const entries = page.map(({ id, at, person, key_id, action, subject, detail, request_id }) => ({
    ...{ id, at: at.toISOString(), person, keyId: key_id, action, subject, detail, requestId: request_id },
  }))
  return { entries, next }
}
