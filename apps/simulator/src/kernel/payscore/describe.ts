import { formatShanghai } from '@shouyin/wechatpay-core/contract'
import type { StoredPlan, StoredServiceOrder, StoredSignPlan } from './stored.ts'

const timeOf = (ms: number | null) => (ms === null ? null : formatShanghai(new Date(ms)))

/** What `/_sim/payscore/*` shows. */
export const describePlan = (plan: StoredPlan) => ({
  merchantPlanNo: plan.merchantPlanNo,
  planId: plan.planId,
  mchid: plan.mchid,
  serviceId: plan.serviceId,
  name: plan.name,
  state: plan.state,
  durationDays: plan.durationDays,
  totalOriginalFen: plan.totalOriginalFen,
  totalActualFen: plan.totalActualFen,
  details: plan.details,
  createdAt: formatShanghai(new Date(plan.createdAtMs)),
  stoppedAt: timeOf(plan.stoppedAtMs),
})

export const describeSignPlan = (signPlan: StoredSignPlan) => ({
  merchantSignPlanNo: signPlan.merchantSignPlanNo,
  signPlanId: signPlan.signPlanId,
  planId: signPlan.planId,
  mchid: signPlan.mchid,
  openid: signPlan.openid,
  state: signPlan.state,
  goingNo: signPlan.goingNo,
  cancelType: signPlan.cancelType,
  cancelReason: signPlan.cancelReason,
  package: signPlan.packages.at(-1)?.text ?? null,
  createdAt: formatShanghai(new Date(signPlan.createdAtMs)),
  signedAt: timeOf(signPlan.signedAtMs),
  overAt: timeOf(signPlan.overAtMs),
  cancelledAt: timeOf(signPlan.cancelledAtMs),
  details: signPlan.details.map((detail) => ({
    no: detail.no,
    merchantNo: detail.merchantNo,
    state: detail.state,
    actualPayFen: detail.actualPayFen,
  })),
})

export const describeOrder = (order: StoredServiceOrder) => ({
  outOrderNo: order.outOrderNo,
  orderId: order.orderId,
  queryId: order.queryId,
  signPlanId: order.signPlanId,
  detailNo: order.detailNo,
  mchid: order.mchid,
  openid: order.openid,
  phase: order.phase,
  introduction: order.introduction,
  totalFen: order.totalFen,
  attempts: order.attempts,
  deductAt: timeOf(order.deductAtMs),
  paidType: order.paidType,
  transactionId: order.transactionId,
  createdAt: formatShanghai(new Date(order.createdAtMs)),
  completedAt: timeOf(order.completedAtMs),
  paidAt: timeOf(order.paidAtMs),
  cancelledAt: timeOf(order.cancelledAtMs),
})
