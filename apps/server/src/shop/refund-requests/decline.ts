import type { refundRequests } from '@shouyin/contracts/merchant'
import { recordAudit } from '../../kernel/audit.ts'
import type { MerchantCtx, RequestInfo } from '../../kernel/context.ts'
import { inTransaction } from '../../kernel/db.ts'
import { decide, lockOpenRequest } from './repository.ts'
import { viewForMerchant } from './view.ts'

/** Says no; the shopper reads the note. He may ask again. */
export function declineRefundRequest(
  ctx: MerchantCtx & RequestInfo,
  { id, note }: { id: string; note: string },
): Promise<refundRequests.RefundRequest> {
  const now = ctx.clock.now()
  const { keyId, person } = ctx.merchant
  return inTransaction(ctx.db, async (tx) => {
    const { order, request } = await lockOpenRequest(tx, id)
    const detail = { orderId: order.id, amountFen: request.amount_fen, note }
    const entry = { person, keyId, action: 'refund-request.decline', subject: id, requestId: ctx.requestId, detail }
    await recordAudit(tx, entry, now)
    return viewForMerchant(await decide(tx, request, { state: 'declined', note, by: person }, now))
  })
}
