import type { schema } from '@shouyin/wechatpay-core/payscore'
import type { Ctx } from '../../../kernel/context.ts'
import type { Handled } from '../../../kernel/inbox.ts'
import { applySignPlan } from './apply-sign-plan.ts'

/** 取消签约计划通知, whatever `sign_state` it prints: by the shopper, or with the authorisation of the whole service. */
export async function onCancelled(ctx: Ctx, said: schema.SignPlan): Promise<Handled> {
  const applied = await applySignPlan(ctx, { said, state: 'cancelled', proof: 'notification' })
  return applied.kind === 'refused' ? 'dead' : 'processed'
}
