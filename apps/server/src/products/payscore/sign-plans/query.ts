import { WechatPayError } from '@shouyin/wechatpay-core'
import { endpoints } from '@shouyin/wechatpay-core/payscore'
import type { Ctx } from '../../../kernel/context.ts'
import { failureOf } from '../../../kernel/refusal.ts'
import { fromSignState, liveSignPlanStates, type SignPlanState } from '../states.ts'
import type { SignPlan } from '../table.ts'
import { applySignPlan } from './apply-sign-plan.ts'

/** How the sign plan stands now. `absent`: WeChat Pay knows no such one; unsigned, so it proves nothing by itself. */
export type Answer = SignPlanState | 'absent' | 'unknown'

/** 查询用户的签约计划. Applies a signed answer about this very one; anything else leaves it as it is, to be asked again. */
export async function querySignPlan(ctx: Ctx, signPlan: SignPlan): Promise<Answer> {
  const answer = await ask(ctx, signPlan)
  if (answer === 'unknown' || answer === 'absent') await noteUnanswered(ctx, signPlan)
  return answer
}

async function ask(ctx: Ctx, { mchid, merchant_sign_plan_no }: SignPlan): Promise<Answer> {
  try {
    const said = await ctx.wechat(mchid).call(endpoints.querySignPlan, { path: { merchant_sign_plan_no } })
    if (said.merchant_sign_plan_no !== merchant_sign_plan_no || said.mchid !== mchid) {
      // Rightly signed, but about another one: a signature does not name its question.
      const answered = said.merchant_sign_plan_no
      ctx.alarm('answer_to_another_question', { mchid, merchantSignPlanNo: merchant_sign_plan_no, answered })
      return 'unknown'
    }
    const applied = await applySignPlan(ctx, { said, state: fromSignState(said.sign_state), proof: 'query' })
    return applied.kind === 'refused' ? 'unknown' : applied.signPlan.state
  } catch (error) {
    if (!(error instanceof WechatPayError)) throw error
    if (error.status === 404 && error.apiCode === 'RESOURCE_NOT_EXISTS') return 'absent'
    ctx.log.warn({ mchid, merchantSignPlanNo: merchant_sign_plan_no, ...failureOf(error) }, 'query unanswered')
    return 'unknown'
  }
}

/** The shopper sees it as confirming until WeChat Pay answers. */
export async function noteUnanswered({ db }: Ctx, { id }: SignPlan): Promise<void> {
  await db
    .updateTable('sign_plan')
    .set({ unconfirmed: true })
    .where('id', '=', id)
    .where('state', 'in', liveSignPlanStates)
    .execute()
}
