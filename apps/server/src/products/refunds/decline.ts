import type { refunds } from '@shouyin/contracts/merchant'
import type { MerchantCtx, RequestInfo } from '../../kernel/context.ts'
import { inTransaction } from '../../kernel/db.ts'
import { lockWithCharge, moveRefund, recountRefunds } from '../../ledger/refunds.ts'
import { assertProposed } from './approve.ts'
import { audit } from './audit.ts'
import { findAnyRefund } from './get.ts'
import { viewRefund } from './view.ts'

/** Does not let a proposed refund go; its sum is free again. @throws AppError REFUND_NOT_FOUND, REFUND_NOT_PROPOSED */
export async function declineRefund(ctx: MerchantCtx & RequestInfo, input: { id: string }): Promise<refunds.Refund> {
  const found = await findAnyRefund(ctx, input.id)
  await inTransaction(ctx.db, async (tx) => {
    const { refund, charge } = await lockWithCharge(tx, found)
    assertProposed(refund)
    await moveRefund(tx, refund, { state: 'declined' })
    await recountRefunds(tx, charge.id)
    await audit(tx, ctx, 'refund.decline', refund.id, {
      amountFen: refund.amount_fen,
      requestedBy: refund.requested_by,
    })
  })
  return viewRefund(ctx.db, found.id)
}
