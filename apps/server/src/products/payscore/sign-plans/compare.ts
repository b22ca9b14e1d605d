import type { schema } from '@shouyin/wechatpay-core/payscore'
import type { Lesson, SignPlan } from '../table.ts'

interface Ours {
  readonly signPlan: SignPlan
  /** WeChat's number of the plan. */
  readonly planId: string | null
  readonly lessons: readonly Lesson[]
  /** Who has this sign_plan_id already. */
  readonly holder: { readonly id: string } | undefined
}

type Detail = NonNullable<schema.SignPlan['signed_detail_list']>[number]

/** The members in which WeChat's word contradicts our own record; none: it is about what this shopper was promised. */
export function signPlanContradictions(
  said: schema.SignPlan,
  { signPlan, planId, lessons, holder }: Ours,
): readonly string[] {
  const promised = lessons.map(ours).join()
  const pairs = {
    mchid: [signPlan.mchid, said.mchid],
    appid: [signPlan.appid, said.appid],
    serviceId: [signPlan.service_id, said.service_id],
    planId: [planId, said.plan_id],
    openid: [signPlan.openid, said.openid ?? signPlan.openid],
    merchantSignPlanNo: [signPlan.merchant_sign_plan_no, said.merchant_sign_plan_no],
    signPlanId: [signPlan.sign_plan_id ?? said.sign_plan_id, said.sign_plan_id],
    signPlanIdHolder: [holder?.id ?? signPlan.id, signPlan.id],
    quantity: [lessons.length, said.deduction_quantity],
    totalOriginalFen: [sum(lessons.map((lesson) => lesson.original_fen)), said.total_origin_price],
    totalFen: [sum(lessons.map((lesson) => lesson.price_fen)), said.total_actual_price],
    lessons: [promised, said.signed_detail_list ? inOrder(said.signed_detail_list).map(theirs).join() : promised],
  }
  return Object.entries(pairs).flatMap(([name, [mine, yours]]) => (mine === yours ? [] : [name]))
}

/** No page says that they come in their order. */
const inOrder = (details: readonly Detail[]): Detail[] =>
  details.toSorted((one, other) => one.plan_detail_no - other.plan_detail_no)

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0)

const ours = ({ number, out_order_no, original_fen, price_fen }: Lesson): string =>
  [number, out_order_no, original_fen, price_fen].join(':')

const theirs = (detail: Detail): string =>
  [detail.plan_detail_no, detail.merchant_plan_detail_no, detail.original_price, detail.actual_price].join(':')
