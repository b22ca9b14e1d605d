import type { plans } from '@shouyin/contracts/merchant'
import type { ParsedInputOf } from '@shouyin/contracts/route'
import { audit } from '../../../kernel/audit.ts'
import type { MerchantCtx, RequestInfo } from '../../../kernel/context.ts'
import { inTransaction } from '../../../kernel/db.ts'
import { wantEnded } from './end.ts'
import { findAnySignPlan } from './merchant-get.ts'
import { viewMerchantSignPlan } from './merchant-view.ts'
import { sendSignPlanStop } from './send-stop.ts'

type Input = ParsedInputOf<typeof plans.stopSignPlan>

/**
 * 取消用户的签约计划. May be repeated, the first reason stands; answers `cancelling` for as long as WeChat Pay has not
 * agreed.
 * @throws AppError SIGN_PLAN_NOT_FOUND, SIGN_PLAN_NOT_SIGNED
 */
export async function stopSignPlan(ctx: MerchantCtx & RequestInfo, input: Input): Promise<plans.MerchantSignPlan> {
  const { id } = await findAnySignPlan(ctx, input.id)
  await inTransaction(ctx.db, async (tx) => {
    const isNew = await wantEnded(tx, ctx, id, { reason: input.reason, by: 'shop' })
    if (isNew) await audit(tx, ctx, 'sign-plan.stop', id, { reason: input.reason })
  })
  await sendSignPlanStop(ctx, id)
  return viewMerchantSignPlan(ctx.db, id)
}
