import * as v from 'valibot'
import { PrintedFen } from '../../../contract/fen.ts'
import { Appid, notifyUrl, Openid, orEmpty, text } from '../../../contract/fragments.ts'
import { Rfc3339 } from '../../../contract/time.ts'
import { count, MerchantNo, ServiceId } from './plan.ts'

/** 创建用户的签约计划. One number for every detail of the plan: the service order of the detail will carry it. */
export const CreateSignPlanBody = v.strictObject({
  service_id: ServiceId,
  plan_id: text(32),
  appid: Appid,
  openid: Openid,
  merchant_sign_plan_no: MerchantNo,
  notify_url: notifyUrl(1024),
  sign_plan_detail: v.pipe(
    v.array(v.strictObject({ plan_detail_no: count, merchant_plan_detail_no: MerchantNo })),
    v.minLength(1),
  ),
})

const SignedDetail = v.looseObject({
  plan_detail_no: count,
  plan_detail_name: v.string(),
  original_price: PrintedFen,
  plan_discount_description: orEmpty(v.string()),
  actual_price: PrintedFen,
  plan_detail_state: v.string(),
  merchant_plan_detail_no: v.string(),
  order_id: orEmpty(v.string()),
  /** What its service order really charged; 0 until then. */
  actual_pay_price: orEmpty(PrintedFen),
  use_time: orEmpty(v.string()),
  complete_time: orEmpty(v.string()),
  cancel_time: orEmpty(v.string()),
})

/** 用户的签约计划. States are open strings: narrow them with `SignState` and `DetailState`. */
export const SignPlan = v.pipe(
  v.looseObject({
    sign_plan_id: v.string(),
    openid: orEmpty(v.string()),
    service_id: v.string(),
    mchid: v.string(),
    appid: v.string(),
    merchant_sign_plan_no: v.string(),
    merchant_callback_url: v.optional(v.string()),
    plan_id: v.string(),
    /** Of the detail that is used now or was last; 0: none yet. */
    going_detail_no: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
    sign_state: v.string(),
    sign_time: orEmpty(Rfc3339),
    cancel_sign_time: orEmpty(Rfc3339),
    cancel_sign_type: orEmpty(v.string()),
    cancel_reason: orEmpty(v.string()),
    plan_name: v.string(),
    plan_over_time: orEmpty(Rfc3339),
    total_origin_price: v.optional(PrintedFen),
    total_original_price: v.optional(PrintedFen),
    deduction_quantity: count,
    total_actual_price: PrintedFen,
    signed_detail_list: v.optional(v.array(SignedDetail)),
  }),
  // `origin` here and `original` on the plan: all sources agree. Both are read, for the day one of them is mended.
  v.rawTransform(({ dataset: { value }, addIssue, NEVER }) => {
    const total = value.total_origin_price ?? value.total_original_price
    if (total !== undefined) return { ...value, total_origin_price: total }
    addIssue({ message: 'must have total_origin_price', expected: 'an object with total_origin_price' })
    return NEVER
  }),
)
export type SignPlan = v.InferOutput<typeof SignPlan>

/** The only answer that wraps it. `package` opens the sign page for 2 hours. */
export const CreateSignPlanResponse = v.looseObject({
  sign_plan: SignPlan,
  package: v.pipe(v.string(), v.minLength(1)),
})

export const SignPlanPath = v.object({ merchant_sign_plan_no: MerchantNo })

/** No page prints the length of the reason; 50 is a GUESS, the length of a service order's. */
export const StopSignPlanBody = v.strictObject({ stop_reason: text(50) })
