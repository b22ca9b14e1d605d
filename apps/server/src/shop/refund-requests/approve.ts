import type { refundRequests } from '@shouyin/contracts/merchant'
import { recordAudit } from '../../kernel/audit.ts'
import type { MerchantCtx, RequestInfo } from '../../kernel/context.ts'
import { inTransaction } from '../../kernel/db.ts'
import { firstState, reserveRefund } from '../../ledger/reserve-refund.ts'
import { lockPaidCharge, orThrow } from '../orders/refundable.ts'
import { decide, lockOpenRequest } from './repository.ts'
import { viewForMerchant } from './view.ts'

/** Makes the refund that a shopper asked for. Above the set sum it is a proposal, which a second person approves. */
export async function approveRefundRequest(
  ctx: MerchantCtx & RequestInfo,
  { id }: { id: string },
): Promise<refundRequests.RefundRequest> {
  const now = ctx.clock.now()
  const { keyId, person } = ctx.merchant
  const decided = await inTransaction(ctx.db, async (tx) => {
    const { order, request } = await lockOpenRequest(tx, id)
    const charge = await lockPaidCharge(tx, order)
    const { amount_fen: amountFen, reason } = request
    const state = firstState(charge, { amountFen, approvalAboveFen: ctx.config.refundApprovalAboveFen })
    const wanted = { charge, amountFen, cause: 'shopper', reason, requestedBy: person, state } as const
    const refund = orThrow(await reserveRefund(tx, wanted, now))
    const detail = { orderId: order.id, amountFen, refundId: refund.id, refundState: state }
    const entry = { person, keyId, action: 'refund-request.approve', subject: id, requestId: ctx.requestId, detail }
    await recordAudit(tx, entry, now)
    return decide(tx, request, { state: 'approved', refundId: refund.id, by: person }, now)
  })
  ctx.wake()
  return viewForMerchant(decided)
}
