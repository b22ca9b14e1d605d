import type { Caller } from '../../../kernel/handler.ts'
import type { StoredPlan } from '../../../kernel/payscore/stored.ts'
import type { SignPlanBody } from '../model/new-plan.ts'
import { type Broken, broken } from './refusals.ts'

/** The first rule of 创建用户的签约计划 that the request breaks; of one that is new. */
export const brokenSignPlan = (caller: Caller, body: SignPlanBody): Broken | undefined => {
  const plan = caller.world.payScore.planById(body.plan_id)
  if (!plan || plan.mchid !== caller.merchant.mchid) return { why: 'PLAN_UNKNOWN' }
  return brokenChoice(plan, body) ?? brokenNumbers(plan, body) ?? brokenUniqueness(caller, body)
}

function brokenChoice(plan: StoredPlan, body: SignPlanBody): Broken | undefined {
  if (plan.serviceId !== body.service_id) {
    return broken('SERVICE_MISMATCH', '/service_id', body.service_id, `is not ${plan.serviceId}, that of the plan`)
  }
  return plan.state === 'NORMAL' ? undefined : broken('PLAN_STOPPED', '/plan_id', body.plan_id, 'was stopped')
}

function brokenNumbers(plan: StoredPlan, { sign_plan_detail: details }: SignPlanBody): Broken | undefined {
  const given = details.map((detail) => detail.plan_detail_no)
  const isInOrder = given.length === plan.details.length && given.every((no, i) => no === i + 1)
  if (isInOrder) return undefined
  const issue = `must number every detail of the plan once, in order: 1 to ${plan.details.length}`
  return broken('DETAIL_NUMBERS', '/sign_plan_detail', given, issue)
}

/** 请保证唯一: DERIVED, over everything that the merchant's users were asked to sign. */
function brokenUniqueness({ world, merchant }: Caller, { sign_plan_detail: given }: SignPlanBody): Broken | undefined {
  const own = world.payScore.signPlans().filter(({ mchid }) => mchid === merchant.mchid)
  const used = new Set(own.flatMap(({ details }) => details.map(({ merchantNo }) => merchantNo)))
  for (const [i, { merchant_plan_detail_no: number }] of given.entries()) {
    const field = `/sign_plan_detail/${i}/merchant_plan_detail_no`
    if (used.has(number)) return broken('DETAIL_NUMBER_USED', field, number, 'is used for another detail')
    used.add(number)
  }
  return undefined
}
