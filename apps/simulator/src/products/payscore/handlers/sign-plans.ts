import type { endpoints } from '@shouyin/wechatpay-core/payscore'
import { fingerprint } from '../../../kernel/fingerprint.ts'
import type { Caller, Handlers } from '../../../kernel/handler.ts'
import type { StoredSignPlan } from '../../../kernel/payscore/stored.ts'
import type { World } from '../../../kernel/world.ts'
import { moveSignPlan } from '../model/moves.ts'
import { newSignPlan } from '../model/new-plan.ts'
import { issuePackage } from '../model/package.ts'
import { signPlanToWire } from '../model/wire.ts'
import { insist, type PayScoreRefuse, refusals, type Why } from './refusals.ts'
import { brokenService } from './service-rules.ts'
import { brokenSignPlan } from './sign-plan-rules.ts'

/** 用户的签约计划. */
export const signPlans: Pick<Handlers<typeof endpoints>, 'createSignPlan' | 'querySignPlan' | 'stopSignPlan'> = {
  createSignPlan: ({ body, ...caller }, refuse) => {
    const { world, merchant, namesPublicKey } = caller
    insist(brokenService(caller, body), refuse)
    const known = world.payScore.signPlan(merchant.mchid, body.merchant_sign_plan_no)
    if (known && known.parameters !== fingerprint(body)) throw refuse(...refusals.USED_OTHERWISE)
    if (!known) insist(brokenSignPlan(caller, body), refuse)
    const signPlan = known ?? newSignPlan(merchant.mchid, body, world.clock.nowMs(), namesPublicKey)
    const text = packageOf(world, signPlan)
    return { sign_plan: signPlanToWire(world, signPlan), package: text }
  },

  querySignPlan: ({ path, ...caller }, refuse) => signPlanToWire(caller.world, findSignPlan(caller, path, refuse)),

  stopSignPlan: ({ path, body, ...caller }, refuse) => {
    const { world } = caller
    const signPlan = findSignPlan(caller, path, refuse)
    const cancelReason = body.stop_reason
    const isAgain = signPlan.cancelType === 'MERCHANT' && signPlan.cancelReason === cancelReason
    const facts = { cancelType: 'MERCHANT', cancelReason, cancelledAtMs: world.clock.nowMs() } as const
    if (!isAgain && !moveSignPlan(world, signPlan, 'SIGN_PLAN_CANCEL', facts)) {
      throw refuse(...refusals[endOf[signPlan.state] ?? 'ORDER_STATE'])
    }
    return signPlanToWire(world, signPlan)
  },
}

/** GUESS: which of the table's codes an end of which kind gets. */
const endOf: Partial<Record<StoredSignPlan['state'], Why>> = {
  SIGN_PLAN_CANCEL: 'ORDER_CANCELED',
  COMPLETE: 'ORDER_DONE',
}

/** GUESS: a plan that cannot be signed any more answers the last package, which opens nothing. */
function packageOf(world: World, signPlan: StoredSignPlan): string {
  const last = signPlan.packages.at(-1)
  return signPlan.state === 'UNSIGNED' || !last ? issuePackage(world, signPlan) : last.text
}

function findSignPlan(
  { world, merchant }: Caller,
  { merchant_sign_plan_no: number }: { readonly merchant_sign_plan_no: string },
  refuse: PayScoreRefuse,
): StoredSignPlan {
  const signPlan = world.payScore.signPlan(merchant.mchid, number)
  if (!signPlan) throw refuse(...refusals.SIGN_PLAN_UNKNOWN)
  return signPlan
}
