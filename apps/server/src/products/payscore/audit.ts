import { recordAudit } from '../../kernel/audit.ts'
import type { MerchantCtx, RequestInfo } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'

/** Who did what to a plan, a signed plan or a lesson, in the transaction that did it. */
export function audit(
  tx: Tx,
  { clock, merchant: { person, keyId }, requestId }: MerchantCtx & RequestInfo,
  action: `${'plan' | 'sign-plan' | 'lesson'}.${string}`,
  subject: string,
  detail: Readonly<Record<string, unknown>>,
): Promise<void> {
  return recordAudit(tx, { person, keyId, action, subject, detail, requestId }, clock.now())
}
