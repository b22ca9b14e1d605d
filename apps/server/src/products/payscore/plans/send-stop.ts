import { WechatPayError } from '@shouyin/wechatpay-core'
import { endpoints } from '@shouyin/wechatpay-core/payscore'
import type { Ctx } from '../../../kernel/context.ts'
import { inTransaction } from '../../../kernel/db.ts'
import { failureOf, problemOf } from '../../../kernel/refusal.ts'
import { endTurn, takeTurn } from '../../../kernel/turn.ts'
import { lockPlan } from '../repository.ts'
import type { Plan } from '../table.ts'
import { type Answer, queryPlan } from './query.ts'

/**
 * Tells WeChat Pay of a plan that is marked `stopping`, and asks what became of it: the answer itself is not believed, the
 * page's own sample prints NORMAL in it. Whatever comes back, the sweep goes on until the plan is `stopped`.
 */
export async function sendPlanStop(ctx: Ctx, id: string): Promise<Answer> {
  const turn = await inTransaction(ctx.db, async (tx) => {
    const plan = await lockPlan(tx, id)
    return plan.state === 'stopping' ? takeTurn(tx, 'plan', plan, ctx.clock.now()) : undefined
  })
  if (!turn) return 'unknown'
  try {
    const problem = await stop(ctx, turn)
    const answer = await queryPlan(ctx, turn)
    if (problem !== undefined && answer !== 'stopped') await noteProblem(ctx, turn, problem)
    return answer
  } finally {
    await endTurn(ctx, 'plan', turn)
  }
}

/** @returns what WeChat Pay does not like */
async function stop(ctx: Ctx, { mchid, merchant_plan_no }: Plan): Promise<string | undefined> {
  try {
    await ctx.wechat(mchid).call(endpoints.stopPlan, { path: { merchant_plan_no } })
    return undefined
  } catch (error) {
    if (!(error instanceof WechatPayError)) throw error
    ctx.log.warn({ mchid, ...failureOf(error) }, 'a plan was not stopped')
    return problemOf(error)
  }
}

/** Somebody has to look, once: it is tried again all the same. */
async function noteProblem(
  ctx: Ctx,
  { id, problem: known, ...plan }: Plan,
  problem: string | undefined,
): Promise<void> {
  if (problem === undefined || problem === known) return
  await ctx.db.updateTable('plan').set({ problem }).where('id', '=', id).where('state', '=', 'stopping').execute()
  ctx.alarm('plan_not_stopped', { mchid: plan.mchid, merchantPlanNo: plan.merchant_plan_no, problem })
}
