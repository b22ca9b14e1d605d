import type { endpoints } from '@shouyin/wechatpay-core/payscore'
import { fingerprint } from '../../../kernel/fingerprint.ts'
import type { Caller, Handlers } from '../../../kernel/handler.ts'
import type { StoredPlan } from '../../../kernel/payscore/stored.ts'
import { movePlan } from '../model/moves.ts'
import { newPlan } from '../model/new-plan.ts'
import { planToWire } from '../model/wire.ts'
import { brokenPlan } from './plan-rules.ts'
import { insist, type PayScoreRefuse, refusals } from './refusals.ts'

/** 支付分计划. A number is the caller's own: another merchant's is not found (仅创建方可查询). */
export const plans: Pick<Handlers<typeof endpoints>, 'createPlan' | 'queryPlan' | 'stopPlan'> = {
  createPlan: ({ body, ...caller }, refuse) => {
    const { world, merchant } = caller
    insist(brokenPlan(caller, body), refuse)
    const known = world.payScore.plan(merchant.mchid, body.merchant_plan_no)
    if (known && known.parameters !== fingerprint(body)) throw refuse(...refusals.USED_OTHERWISE)
    const plan = known ?? newPlan(merchant.mchid, body, world.clock.nowMs())
    if (!known) world.payScore.putPlan(plan)
    return planToWire(plan)
  },

  queryPlan: ({ path, ...caller }, refuse) => planToWire(findPlan(caller, path, refuse)),

  /** Again: as it stands, with the time of the first. */
  stopPlan: ({ path, ...caller }, refuse) => {
    const { world, merchant } = caller
    const plan = findPlan(caller, path, refuse)
    movePlan(world, plan, 'STOP', { stopMchid: merchant.mchid, stoppedAtMs: world.clock.nowMs() })
    return planToWire(plan)
  },
}

function findPlan(
  { world, merchant }: Caller,
  { merchant_plan_no: number }: { readonly merchant_plan_no: string },
  refuse: PayScoreRefuse,
): StoredPlan {
  const plan = world.payScore.plan(merchant.mchid, number)
  if (!plan) throw refuse(...refusals.PLAN_UNKNOWN)
  return plan
}
