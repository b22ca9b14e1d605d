import type { refunds } from '@shouyin/contracts/merchant'
import type { MerchantCtx } from '../../kernel/context.ts'
import { goingStates, type RefundState } from '../../ledger/states.ts'
import { findAnyRefund } from './get.ts'
import { queryRefund } from './query.ts'
import { viewRefund } from './view.ts'

/** Those too that were given up: it may have them after all. */
const asked = [...goingStates, 'withdrawn'] as const satisfies readonly RefundState[]

/** Asks WeChat Pay what became of a refund. When it cannot be asked, the refund is shown as we know it. */
export async function checkRefund(ctx: MerchantCtx, input: { id: string }): Promise<refunds.Refund> {
  const refund = await findAnyRefund(ctx, input.id)
  const wasSent = refund.request !== null || refund.refund_id !== null
  if (wasSent && asked.some((state) => state === refund.state)) await queryRefund(ctx, refund)
  return viewRefund(ctx.db, refund.id)
}
