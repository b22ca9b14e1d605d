import { WechatPayError } from '@shouyin/wechatpay-core'
import { endpoints } from '@shouyin/wechatpay-core/payscore'
import type { Ctx } from '../../../kernel/context.ts'
import { inTransaction } from '../../../kernel/db.ts'
import { failureOf, problemOf } from '../refusal.ts'
import { lockPlan } from '../repository.ts'
import type { Plan } from '../table.ts'
import { endTurn, takeTurn } from '../turn.ts'
import { applyPlan } from './apply-plan.ts'
import { type Answer, queryPlan } from './query.ts'

/**
 * Tells WeChat Pay of a plan that is marked `stopping`. Its answer may print NORMAL, as the page's sample does, so it is
 * asked once more; whatever comes back, the sweep goes on until the plan is `stopped`.
 */
export async function sendPlanStop(ctx: Ctx, id: string): Promise<Answer> {
  const turn = await inTransaction(ctx.db, async (tx) => {
    const plan = await lockPlan(tx, id)
    return plan.state === 'stopping' ? takeTurn(tx, 'plan', plan, ctx.clock.now()) : undefined
  })
  if (!turn) return 'unknown'
  try {
    return (await stop(ctx, turn)) === 'stopped' ? 'stopped' : await queryPlan(ctx, turn)
  } finally {
    await endTurn(ctx, 'plan', turn)
  }
}

async function stop(ctx: Ctx, plan: Plan): Promise<Answer> {
  const { mchid, merchant_plan_no } = plan
  try {
    return await applyPlan(ctx, plan, await ctx.wechat(mchid).call(endpoints.stopPlan, { path: { merchant_plan_no } }))
  } catch (error) {
    if (!(error instanceof WechatPayError)) throw error
    ctx.log.warn({ mchid, ...failureOf(error) }, 'a plan was not stopped')
    await noteProblem(ctx, plan, problemOf(error))
    return 'unknown'
  }
}

/** Somebody has to look, once: it is tried again all the same. */
async function noteProblem(ctx: Ctx, plan: Plan, problem: string | undefined): Promise<void> {
  if (problem === undefined || problem === plan.problem) return
  await ctx.db.updateTable('plan').set({ problem }).where('id', '=', plan.id).where('state', '=', 'stopping').execute()
  ctx.alarm('plan_not_stopped', { mchid: plan.mchid, merchantPlanNo: plan.merchant_plan_no, problem })
}
