import { recordAudit } from '../../kernel/audit.ts'
import type { MerchantCtx, RequestInfo } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import type { ServiceUse } from '../table.ts'

/** Who entered or undid what, in the transaction that did it; found by its order. */
export function audit(
  tx: Tx,
  { clock, merchant: { person, keyId }, requestId }: MerchantCtx & RequestInfo,
  action: `use.${string}`,
  { id, order_id, goods_id: goodsId, quantity }: ServiceUse,
): Promise<void> {
  const detail = { useId: id, goodsId, quantity }
  return recordAudit(tx, { person, keyId, action, subject: order_id, detail, requestId }, clock.now())
}
