import { formatShanghai } from '@shouyin/wechatpay-core/contract'
import { formatInstant } from '../../../kernel/clock.ts'
import type { StoredPlan, StoredSignPlan } from '../../../kernel/payscore/stored.ts'
import type { World } from '../../../kernel/world.ts'

/** 支付分计划, as all three of its operations answer it. */
export const planToWire = (plan: StoredPlan) => ({
  plan_id: plan.planId,
  service_id: plan.serviceId,
  mchid: plan.mchid,
  appid: plan.appid,
  merchant_plan_no: plan.merchantPlanNo,
  plan_name: plan.name,
  plan_duration: plan.durationDays,
  plan_state: plan.state,
  total_original_price: plan.totalOriginalFen,
  deduction_quantity: plan.details.length,
  total_actual_price: plan.totalActualFen,
  plan_detail_list: plan.details.map((detail) => ({
    plan_detail_no: detail.no,
    plan_detail_name: detail.name,
    original_price: detail.originalFen,
    ...(detail.discount !== null && { plan_discount_description: detail.discount }),
    actual_price: detail.actualFen,
  })),
  ...(plan.stopMchid !== null && { stop_mchid: plan.stopMchid }),
  ...(plan.stoppedAtMs !== null && { stop_time: formatInstant(new Date(plan.stoppedAtMs)) }),
})

/** Unset times and numbers are empty texts, as real payloads show them. */
const timeOrEmpty = (ms: number | null): string => (ms === null ? '' : formatShanghai(new Date(ms)))

/** 用户的签约计划, in answers and in notices. The first total is spelled `origin` here. */
export function signPlanToWire(world: World, signPlan: StoredSignPlan) {
  const plan = world.payScore.planById(signPlan.planId)
  if (!plan) throw new Error(`the plan of ${signPlan.signPlanId} is always there`)
  return {
    sign_plan_id: signPlan.signPlanId,
    openid: signPlan.openid,
    service_id: signPlan.serviceId,
    mchid: signPlan.mchid,
    appid: signPlan.appid,
    merchant_sign_plan_no: signPlan.merchantSignPlanNo,
    merchant_callback_url: signPlan.notifyUrl,
    plan_id: signPlan.planId,
    going_detail_no: signPlan.goingNo,
    sign_state: signPlan.state,
    cancel_sign_time: timeOrEmpty(signPlan.cancelledAtMs),
    cancel_sign_type: signPlan.cancelType,
    cancel_reason: signPlan.cancelReason ?? '',
    plan_name: plan.name,
    plan_over_time: timeOrEmpty(signPlan.overAtMs),
    total_origin_price: plan.totalOriginalFen,
    deduction_quantity: plan.details.length,
    total_actual_price: plan.totalActualFen,
    signed_detail_list: plan.details.map((detail) => detailToWire(signPlan, detail)),
    sign_time: timeOrEmpty(signPlan.signedAtMs),
  }
}

function detailToWire({ details }: StoredSignPlan, promised: StoredPlan['details'][number]) {
  const signed = details.find(({ no }) => no === promised.no)
  return {
    plan_detail_no: promised.no,
    original_price: promised.originalFen,
    plan_discount_description: promised.discount ?? '',
    actual_price: promised.actualFen,
    plan_detail_state: signed?.state ?? 'NOT_USED',
    order_id: signed?.orderId ?? '',
    merchant_plan_detail_no: signed?.merchantNo ?? '',
    plan_detail_name: promised.name,
    actual_pay_price: signed?.actualPayFen ?? 0,
    use_time: timeOrEmpty(signed?.usedAtMs ?? null),
    complete_time: timeOrEmpty(signed?.completedAtMs ?? null),
    cancel_time: timeOrEmpty(signed?.cancelledAtMs ?? null),
  }
}
