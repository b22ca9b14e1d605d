import type { MerchantCtx, RequestInfo } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { firstState, reserveRefund } from '../../ledger/reserve-refund.ts'
import type { Charge } from '../../ledger/table.ts'
import { orThrow, refundableFen } from '../../shop/orders/refundable.ts'
import { audit } from './audit.ts'

interface Wanted {
  /** Default: all that is left. */
  readonly amountFen?: number | undefined
  readonly reason: string
  /** Named in the audit, where an order was what the person saw. */
  readonly orderId?: string
}

/**
 * Records that a person of the shop wants money back for somebody: whether another one has to agree, and who it was.
 * @param charge succeeded and locked by the caller
 * @throws AppError REFUND_EXCEEDS_ORDER, REFUND_COUNT_EXCEEDED, REFUND_TOO_LATE
 */
export async function proposeRefund(
  tx: Tx,
  ctx: MerchantCtx & RequestInfo,
  charge: Charge,
  { amountFen = refundableFen(charge), reason, orderId }: Wanted,
): Promise<{ id: string }> {
  const state = firstState(charge, { amountFen, approvalAboveFen: ctx.config.refundApprovalAboveFen })
  const wanted = { charge, amountFen, cause: 'merchant', reason, requestedBy: ctx.merchant.person, state } as const
  const { id } = orThrow(await reserveRefund(tx, wanted, ctx.clock.now()))
  const { out_trade_no: outTradeNo } = charge
  await audit(tx, ctx, 'refund.create', id, { orderId, outTradeNo, amountFen, reason, state })
  return { id }
}
