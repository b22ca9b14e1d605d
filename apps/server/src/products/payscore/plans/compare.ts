import type { schema } from '@shouyin/wechatpay-core/payscore'
import type { Plan, PlanLesson } from '../table.ts'
import { sumOf } from './request.ts'

type Detail = NonNullable<schema.Plan['plan_detail_list']>[number]

interface Ours {
  readonly plan: Plan
  readonly lessons: readonly PlanLesson[]
  /** The plan that has this plan_id already. */
  readonly holder: { readonly id: string } | undefined
}

/** The members in which WeChat's word contradicts our own record; none: it is about this plan, as we made it. */
export function planContradictions(said: schema.Plan, { plan, lessons, holder }: Ours): readonly string[] {
  const pairs = {
    mchid: [plan.mchid, said.mchid],
    appid: [plan.appid, said.appid],
    serviceId: [plan.service_id, said.service_id],
    merchantPlanNo: [plan.merchant_plan_no, said.merchant_plan_no],
    planId: [plan.plan_id ?? said.plan_id, said.plan_id],
    planIdHolder: [holder?.id ?? plan.id, plan.id],
    durationDays: [plan.duration_days, said.plan_duration],
    quantity: [lessons.length, said.deduction_quantity],
    totalOriginalFen: [sumOf(lessons, 'original_fen'), said.total_original_price],
    totalFen: [sumOf(lessons, 'price_fen'), said.total_actual_price],
    lessons: [
      lessons.map(ours).join(),
      (said.plan_detail_list ? inOrder(said.plan_detail_list).map(theirs) : lessons.map(ours)).join(),
    ],
  }
  return Object.entries(pairs).flatMap(([name, [mine, yours]]) => (mine === yours ? [] : [name]))
}

/** No page says that they come in their order. */
const inOrder = (details: readonly Detail[]): Detail[] =>
  details.toSorted((one, other) => one.plan_detail_no - other.plan_detail_no)

const ours = ({ number, original_fen, price_fen }: PlanLesson): string => `${number}:${original_fen}:${price_fen}`

const theirs = (detail: Detail): string => `${detail.plan_detail_no}:${detail.original_price}:${detail.actual_price}`
