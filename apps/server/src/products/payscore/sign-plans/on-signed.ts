import type { schema } from '@shouyin/wechatpay-core/payscore'
import type { Ctx } from '../../../kernel/context.ts'
import type { Handled } from '../../../kernel/inbox.ts'
import { applySignPlan } from './apply-sign-plan.ts'
import { querySignPlan } from './query.ts'

/**
 * 签约计划成功通知. Pages print UNSIGNED in it, so the event type says what happened; where the rest of it says otherwise,
 * or too little, WeChat Pay is asked.
 */
export async function onSigned(ctx: Ctx, said: schema.SignPlan): Promise<Handled> {
  if (isPlain(said)) {
    const applied = await applySignPlan(ctx, { said, state: 'signed', proof: 'notification' })
    return applied.kind === 'refused' ? 'dead' : 'processed'
  }
  const { mchid, merchant_sign_plan_no: merchantSignPlanNo } = said
  const signPlan = await ctx.db
    .selectFrom('sign_plan')
    .selectAll()
    .where('mchid', '=', mchid)
    .where('merchant_sign_plan_no', '=', merchantSignPlanNo)
    .executeTakeFirst()
  if (!signPlan) {
    ctx.alarm('unknown_sign_plan', { mchid, merchantSignPlanNo, proof: 'notification' })
    return 'dead'
  }
  const answer = await querySignPlan(ctx, signPlan)
  // The inbox brings it again.
  if (['absent', 'unknown', 'creating', 'unsigned'].includes(answer))
    throw new Error('a signature that is not confirmed')
  return 'processed'
}

const isPlain = ({
  sign_state,
  cancel_sign_type = 'NOT_CANCEL',
  sign_time,
  plan_over_time,
}: schema.SignPlan): boolean =>
  (sign_state === 'SIGNED' || sign_state === 'UNSIGNED') &&
  cancel_sign_type === 'NOT_CANCEL' &&
  sign_time !== undefined &&
  plan_over_time !== undefined
