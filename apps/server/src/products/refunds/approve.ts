import type { refunds } from '@shouyin/contracts/merchant'
import type { MerchantCtx, RequestInfo } from '../../kernel/context.ts'
import { inTransaction } from '../../kernel/db.ts'
import { AppError } from '../../kernel/errors.ts'
import { firstRefundQueryAt } from '../../ledger/refund-schedule.ts'
import { lockRefund, moveRefund } from '../../ledger/refunds.ts'
import type { Refund } from '../../ledger/table.ts'
import { audit } from './audit.ts'
import { findAnyRefund } from './get.ts'
import { submitNow } from './submit.ts'
import { viewRefund } from './view.ts'

/**
 * Lets a proposed refund go. The database, too, refuses the person who proposed it.
 * @throws AppError REFUND_NOT_FOUND, SAME_PERSON, REFUND_NOT_PROPOSED
 */
export async function approveRefund(ctx: MerchantCtx & RequestInfo, input: { id: string }): Promise<refunds.Refund> {
  const { id } = await findAnyRefund(ctx, input.id)
  const { person } = ctx.merchant
  const now = ctx.clock.now()
  await inTransaction(ctx.db, async (tx) => {
    const refund = await lockRefund(tx, id)
    assertProposed(refund)
    if (refund.requested_by === person) {
      throw new AppError('SAME_PERSON', 'who proposed a refund does not approve it; another person has to')
    }
    const next_query_at = firstRefundQueryAt('waiting', now)
    await moveRefund(tx, refund, { state: 'waiting', approved_by: person, next_query_at })
    await audit(tx, ctx, 'refund.approve', id, { amountFen: refund.amount_fen, requestedBy: refund.requested_by })
  })
  await submitNow(ctx, id)
  return viewRefund(ctx.db, id)
}

/** @throws AppError REFUND_NOT_PROPOSED */
export function assertProposed({ state }: Refund): void {
  if (state !== 'proposed') throw new AppError('REFUND_NOT_PROPOSED', `this refund is ${state}, it waits for nobody`)
}
