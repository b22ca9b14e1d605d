import { WechatPayError } from '@shouyin/wechatpay-core'
import { endpoints } from '@shouyin/wechatpay-core/payscore'
import type { Ctx } from '../../../kernel/context.ts'
import { inTransaction } from '../../../kernel/db.ts'
import { failureOf, problemOf } from '../../../kernel/refusal.ts'
import { endTurn, isTurn, takeTurn } from '../../../kernel/turn.ts'
import { lockPlan, movePlan } from '../repository.ts'
import type { Plan } from '../table.ts'
import { applyPlan } from './apply-plan.ts'
import { type Answer, queryPlan } from './query.ts'
import type { CreateBody } from './request.ts'

/**
 * 创建支付分计划 for a plan that is being made: always the same number and the same bytes, so that any number of attempts
 * make one plan. Who does not get the turn leaves it to who has it.
 * @returns what is known about it now
 */
export async function submitPlan(ctx: Ctx, id: string): Promise<Answer> {
  const turn = await inTransaction(ctx.db, async (tx) => {
    const plan = await lockPlan(tx, id)
    return plan.state === 'creating' ? takeTurn(tx, 'plan', plan, ctx.clock.now()) : undefined
  })
  if (!turn) return 'unknown'
  try {
    const body = JSON.parse(turn.request) as CreateBody
    return await applyPlan(ctx, turn, await ctx.wechat(turn.mchid).call(endpoints.createPlan, { body }))
  } catch (error) {
    if (!(error instanceof WechatPayError)) throw error
    return await afterFailure(ctx, turn, error)
  } finally {
    await endTurn(ctx, 'plan', turn)
  }
}

/** Decided by outcome, status and code, never by the message; and refused only when WeChat Pay does not have it. */
async function afterFailure(ctx: Ctx, turn: Plan, error: WechatPayError): Promise<Answer> {
  ctx.log.warn({ mchid: turn.mchid, ...failureOf(error) }, 'a plan was not accepted')
  const problem = problemOf(error)
  if (problem === undefined) return 'unknown'
  const answer = await queryPlan(ctx, turn)
  return answer === 'absent' ? refuse(ctx, turn, problem) : answer
}

async function refuse(ctx: Ctx, turn: Plan, problem: string): Promise<Answer> {
  const refused = await inTransaction(ctx.db, async (tx) => {
    const plan = await lockPlan(tx, turn.id)
    if (plan.state !== 'creating' || !isTurn(plan, turn)) return undefined
    return movePlan(tx, plan, { state: 'refused', problem, next_query_at: null })
  })
  if (!refused) return 'unknown'
  ctx.alarm('plan_refused', { mchid: turn.mchid, merchantPlanNo: turn.merchant_plan_no, problem })
  return 'refused'
}
