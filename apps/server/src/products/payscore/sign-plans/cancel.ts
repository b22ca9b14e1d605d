import type { plans } from '@shouyin/contracts/shopper'
import type { ShopperCtx } from '../../../kernel/context.ts'
import { inTransaction } from '../../../kernel/db.ts'
import { wantEnded } from './end.ts'
import { getOwnSignPlan } from './get.ts'
import { sendSignPlanStop } from './send-stop.ts'
import { viewSignPlan } from './view.ts'

/** What WeChat Pay shows as the reason. */
const REASON = '用户在小程序中取消'

/**
 * The shopper ends a plan. May be repeated; answers `cancelling` for as long as WeChat Pay has not agreed.
 * @throws AppError SIGN_PLAN_NOT_FOUND, SIGN_PLAN_NOT_SIGNED
 */
export async function cancelSignPlan(ctx: ShopperCtx, input: { id: string }): Promise<plans.SignPlan> {
  const { id } = await getOwnSignPlan(ctx, input.id)
  await inTransaction(ctx.db, (tx) => wantEnded(tx, ctx, id, { reason: REASON, by: 'shopper' }))
  await sendSignPlanStop(ctx, id)
  return viewSignPlan(ctx.db, await getOwnSignPlan(ctx, id))
}
