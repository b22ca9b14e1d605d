import type { Caller } from '../../../kernel/handler.ts'
import type { PlanBody } from '../model/new-plan.ts'
import { type Broken, broken } from './refusals.ts'
import { brokenService } from './service-rules.ts'

/** The first rule of 创建支付分计划 that the request breaks. */
export const brokenPlan = (caller: Caller, body: PlanBody): Broken | undefined =>
  brokenService(caller, body) ?? brokenMaxima(caller, body) ?? brokenDetails(body) ?? brokenTotals(caller, body)

function brokenMaxima({ world }: Caller, body: PlanBody): Broken | undefined {
  const service = world.payScore.service(body.service_id)
  if (!service) return undefined
  const { planMaxDays, planMaxDeductions } = service
  if (body.plan_duration > planMaxDays) {
    return broken('PLAN_TOO_LONG', '/plan_duration', body.plan_duration, `must be at most ${planMaxDays} days`)
  }
  if (body.deduction_quantity > planMaxDeductions) {
    const issue = `must be at most ${planMaxDeductions}`
    return broken('PLAN_TOO_MANY', '/deduction_quantity', body.deduction_quantity, issue)
  }
  return undefined
}

function brokenDetails({ plan_detail_list: details, deduction_quantity: quantity }: PlanBody): Broken | undefined {
  if (details.length !== quantity) {
    return broken(
      'DETAIL_COUNT',
      '/plan_detail_list',
      details.length,
      `must have ${quantity} items (deduction_quantity)`,
    )
  }
  for (const [i, { actual_price: actual, original_price: original }] of details.entries()) {
    const field = `/plan_detail_list/${i}/actual_price`
    if (actual > original) return broken('DETAIL_PRICE', field, actual, `must be at most original_price ${original}`)
    const before = details[i - 1]?.actual_price ?? actual
    if (actual > before) return broken('DETAIL_RISES', field, actual, `must be at most ${before}, the one before`)
  }
  return undefined
}

/** DERIVED: no page says that totals are checked; the guide's example fits, the pages' own does not. */
function brokenTotals({ world }: Caller, body: PlanBody): Broken | undefined {
  if (world.switches.payScoreSums === 'unchecked') return undefined
  for (const kind of ['original', 'actual'] as const) {
    const total = body[`total_${kind}_price`]
    const sum = body.plan_detail_list.reduce((fen, detail) => fen + detail[`${kind}_price`], 0)
    if (total !== sum)
      return broken('TOTAL_MISMATCH', `/total_${kind}_price`, total, `must be ${sum}, the sum of all details`)
  }
  return undefined
}
