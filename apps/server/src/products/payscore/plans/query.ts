import { WechatPayError } from '@shouyin/wechatpay-core'
import { endpoints } from '@shouyin/wechatpay-core/payscore'
import type { Ctx } from '../../../kernel/context.ts'
import { failureOf } from '../../../kernel/refusal.ts'
import type { PlanState } from '../states.ts'
import type { Plan } from '../table.ts'
import { applyPlan } from './apply-plan.ts'

/** How the plan stands now. `absent`: WeChat Pay knows no such plan; unsigned, so it proves nothing by itself. */
export type Answer = PlanState | 'absent' | 'unknown'

/** 查询支付分计划. Applies a signed answer about this very plan; anything else leaves it as it is. */
export async function queryPlan(ctx: Ctx, plan: Plan): Promise<Answer> {
  const { mchid, merchant_plan_no } = plan
  try {
    return await applyPlan(ctx, plan, await ctx.wechat(mchid).call(endpoints.queryPlan, { path: { merchant_plan_no } }))
  } catch (error) {
    if (!(error instanceof WechatPayError)) throw error
    if (error.status === 404 && error.apiCode === 'RESOURCE_NOT_EXISTS') return 'absent'
    ctx.log.warn({ mchid, ...failureOf(error) }, 'query unanswered')
    return 'unknown'
  }
}
