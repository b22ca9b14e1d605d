import type { refunds } from '@shouyin/contracts/merchant'
import type { MerchantCtx } from '../../kernel/context.ts'
import { goingStates } from '../../ledger/states.ts'
import { findAnyRefund } from './get.ts'
import { queryRefund } from './query.ts'
import { viewRefund } from './view.ts'

/** Asks WeChat Pay what became of a refund. When it cannot be asked, the refund is shown as we know it. */
export async function checkRefund(ctx: MerchantCtx, input: { id: string }): Promise<refunds.Refund> {
  const refund = await findAnyRefund(ctx, input.id)
  const neverSent = refund.state === 'waiting' && refund.request === null
  if (!neverSent && goingStates.some((state) => state === refund.state)) await queryRefund(ctx, refund)
  return viewRefund(ctx.db, refund.id)
}
