import type { plans } from '@shouyin/contracts/merchant'
import { audit } from '../../../kernel/audit.ts'
import type { MerchantCtx, RequestInfo } from '../../../kernel/context.ts'
import { inTransaction } from '../../../kernel/db.ts'
import { lockPlan, movePlan } from '../repository.ts'
import { nextQueryAt } from '../schedule.ts'
import type { Plan } from '../table.ts'
import { findAnyPlan } from './merchant-get.ts'
import { viewMerchantPlan } from './merchant-view.ts'
import { queryPlan } from './query.ts'
import { sendPlanStop } from './send-stop.ts'

/**
 * 停止支付分计划. May be repeated; answers `stopping` for as long as WeChat Pay has not agreed. A plan of which WeChat Pay
 * has not said whether it has it stays `creating`: there is nothing to stop yet.
 * @throws AppError PLAN_NOT_FOUND
 */
export async function stopPlan(ctx: MerchantCtx & RequestInfo, input: { id: string }): Promise<plans.MerchantPlan> {
  const plan = await findAnyPlan(ctx, input.id)
  if (plan.state === 'creating' || plan.state === 'refused') await queryPlan(ctx, plan)
  await wantStopped(ctx, plan)
  await sendPlanStop(ctx, plan.id)
  return viewMerchantPlan(ctx.db, plan.id)
}

function wantStopped(ctx: MerchantCtx & RequestInfo, { id }: Plan): Promise<void> {
  const now = ctx.clock.now()
  return inTransaction(ctx.db, async (tx) => {
    const plan = await lockPlan(tx, id)
    if (plan.state !== 'on_sale') return
    await movePlan(tx, plan, { state: 'stopping', query_count: 0, next_query_at: nextQueryAt(0, now) })
    await audit(tx, ctx, 'plan.stop', id, { name: plan.name })
  })
}
