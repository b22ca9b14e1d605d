import * as v from 'valibot'
import { Fen, PrintedFen } from '../../../contract/fen.ts'
import { Appid, orEmpty, text } from '../../../contract/fragments.ts'
import { Rfc3339 } from '../../../contract/time.ts'

export const ServiceId = text(32)

/** Numbers that the merchant makes. For signed plans and details the pages print this alphabet; for plans it is DERIVED. */
export const MerchantNo = v.pipe(
  v.string('must be a string'),
  v.regex(/^[0-9A-Za-z_*-]{1,32}$/, 'must be 1 to 32 of 0-9 A-Z a-z _ - *'),
)

export const count = v.pipe(v.number('must be a number'), v.safeInteger('must be a whole number'), v.minValue(1))

/** 计划详情名称 and 优惠说明: no page prints their lengths; 20 is a GUESS. */
const DETAIL_TEXT_MAX = 20

/**
 * 创建支付分计划. That details, quantity and prices fit each other is a rule of the operation, not of the shape. The page
 * does not mark the details as required, but a plan without any has nothing to sign.
 */
export const CreatePlanBody = v.strictObject({
  service_id: ServiceId,
  appid: Appid,
  merchant_plan_no: MerchantNo,
  plan_name: text(20),
  /** Days, from the day of signing. */
  plan_duration: count,
  deduction_quantity: count,
  total_original_price: Fen,
  total_actual_price: Fen,
  plan_detail_list: v.pipe(
    v.array(
      v.strictObject({
        plan_detail_name: text(DETAIL_TEXT_MAX),
        original_price: Fen,
        plan_discount_description: v.optional(text(DETAIL_TEXT_MAX)),
        actual_price: Fen,
      }),
    ),
    v.minLength(1),
  ),
})

/** 支付分计划. `plan_state` is an open string: narrow it with `PlanState`. */
export const Plan = v.looseObject({
  plan_id: v.string(),
  service_id: v.string(),
  mchid: v.string(),
  appid: v.string(),
  merchant_plan_no: v.string(),
  plan_name: v.string(),
  plan_duration: count,
  plan_state: v.string(),
  total_original_price: PrintedFen,
  deduction_quantity: count,
  total_actual_price: PrintedFen,
  plan_detail_list: v.optional(
    v.array(
      v.looseObject({
        plan_detail_no: count,
        plan_detail_name: v.string(),
        original_price: PrintedFen,
        plan_discount_description: orEmpty(v.string()),
        actual_price: PrintedFen,
      }),
    ),
  ),
  stop_mchid: orEmpty(v.string()),
  stop_time: orEmpty(Rfc3339),
})
export type Plan = v.InferOutput<typeof Plan>

export const PlanPath = v.object({ merchant_plan_no: MerchantNo })
