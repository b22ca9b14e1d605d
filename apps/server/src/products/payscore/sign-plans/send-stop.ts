import { WechatPayError } from '@shouyin/wechatpay-core'
import { endpoints } from '@shouyin/wechatpay-core/payscore'
import type { Ctx } from '../../../kernel/context.ts'
import { inTransaction } from '../../../kernel/db.ts'
import { failureOf, problemOf } from '../../../kernel/refusal.ts'
import { endTurn, takeTurn } from '../../../kernel/turn.ts'
import { lockSignPlan } from '../repository.ts'
import type { SignPlan } from '../table.ts'
import { type Answer, querySignPlan } from './query.ts'
import { refuseSignPlan } from './refuse.ts'

/**
 * Tells WeChat Pay of a sign plan that is to end, and asks what became of it: only that answer is believed. That one which
 * nobody signed can be stopped is a GUESS: if not, it lapses with its package. The sweep goes on until it has ended.
 */
export async function sendSignPlanStop(ctx: Ctx, id: string): Promise<Answer> {
  const turn = await inTransaction(ctx.db, async (tx) => {
    const signPlan = await lockSignPlan(tx, id)
    const isWanted = signPlan.stop_reason !== null && signPlan.next_query_at !== null
    return isWanted ? takeTurn(tx, 'sign_plan', signPlan, ctx.clock.now()) : undefined
  })
  if (!turn) return 'unknown'
  try {
    if (turn.state === 'creating' && (await isNowhere(ctx, turn))) return 'refused'
    const problem = await stop(ctx, turn)
    const answer = await querySignPlan(ctx, turn)
    if (problem !== undefined && !hasEnded(answer)) await noteProblem(ctx, turn, problem)
    return answer
  } finally {
    await endTurn(ctx, 'sign_plan', turn)
  }
}

/** It never came to WeChat Pay: there is nothing to end. */
const isNowhere = async (ctx: Ctx, turn: SignPlan): Promise<boolean> =>
  (await querySignPlan(ctx, turn)) === 'absent' && (await refuseSignPlan(ctx, turn, 'ended before it began'))

const hasEnded = (answer: Answer): boolean => ['cancelled', 'completed', 'expired'].includes(answer)

/** @returns what WeChat Pay does not like */
async function stop(ctx: Ctx, { mchid, merchant_sign_plan_no, stop_reason }: SignPlan): Promise<string | undefined> {
  try {
    await ctx
      .wechat(mchid)
      .call(endpoints.stopSignPlan, { path: { merchant_sign_plan_no }, body: { stop_reason: stop_reason ?? '' } })
    return undefined
  } catch (error) {
    if (!(error instanceof WechatPayError)) throw error
    ctx.log.warn({ mchid, merchantSignPlanNo: merchant_sign_plan_no, ...failureOf(error) }, 'not stopped')
    return problemOf(error)
  }
}

/** Somebody has to look, once: it is tried again all the same. Before it is signed that is no matter: it lapses. */
async function noteProblem(ctx: Ctx, signPlan: SignPlan, problem: string): Promise<void> {
  if (problem === signPlan.problem) return
  const { id, state, mchid, merchant_sign_plan_no: merchantSignPlanNo } = signPlan
  await ctx.db.updateTable('sign_plan').set({ problem }).where('id', '=', id).where('state', '=', state).execute()
  if (state !== 'unsigned') ctx.alarm('sign_plan_not_stopped', { mchid, merchantSignPlanNo, problem })
}
