import { states } from '@shouyin/wechatpay-core/payscore'
import * as v from 'valibot'
import type { StoredPayScore } from './stored.ts'

const text = v.string()
const number = v.number()
const flag = v.boolean()
const maybeText = v.nullable(text)
const maybeNumber = v.nullable(number)

const Service = v.object({
  mchid: text,
  serviceId: text,
  name: text,
  hasPlanPermission: flag,
  isEnrolled: flag,
  planMaxDays: number,
  planMaxDeductions: number,
})

const Plan = v.object({
  mchid: text,
  appid: text,
  serviceId: text,
  planId: text,
  merchantPlanNo: text,
  name: text,
  durationDays: number,
  totalOriginalFen: number,
  totalActualFen: number,
  details: v.array(v.object({ no: number, name: text, originalFen: number, discount: maybeText, actualFen: number })),
  parameters: text,
  createdAtMs: number,
  state: states.PlanState,
  stopMchid: maybeText,
  stoppedAtMs: maybeNumber,
})

const SignedDetail = v.object({
  no: number,
  merchantNo: text,
  state: states.DetailState,
  orderId: maybeText,
  actualPayFen: number,
  usedAtMs: maybeNumber,
  completedAtMs: maybeNumber,
  cancelledAtMs: maybeNumber,
})

const SignPlan = v.object({
  mchid: text,
  appid: text,
  openid: text,
  serviceId: text,
  planId: text,
  signPlanId: text,
  merchantSignPlanNo: text,
  notifyUrl: text,
  parameters: text,
  namesPublicKey: flag,
  createdAtMs: number,
  packages: v.array(v.object({ text, issuedAtMs: number })),
  details: v.array(SignedDetail),
  state: states.SignState,
  goingNo: number,
  signedAtMs: maybeNumber,
  overAtMs: maybeNumber,
  cancelType: v.picklist(states.cancelSignTypes),
  cancelledAtMs: maybeNumber,
  cancelReason: maybeText,
})

const texts = v.record(text, text)
const anyObject = v.record(text, v.unknown())

const Order = v.object({
  mchid: text,
  appid: text,
  openid: text,
  serviceId: text,
  outOrderNo: text,
  orderId: text,
  queryId: text,
  signPlanId: text,
  detailNo: number,
  notifyUrl: text,
  introduction: text,
  attach: maybeText,
  parameters: text,
  namesPublicKey: flag,
  createdAtMs: number,
  phase: v.picklist(states.orderPhases),
  timeRange: texts,
  location: v.nullable(texts),
  payments: v.array(anyObject),
  discounts: v.array(anyObject),
  totalFen: maybeNumber,
  completedAtMs: maybeNumber,
  completeParameters: maybeText,
  modifyParameters: maybeText,
  deductAtMs: maybeNumber,
  attempts: number,
  busyUntilMs: maybeNumber,
  paidAtMs: maybeNumber,
  paidType: v.nullable(v.picklist(['NEWTON', 'MCH'])),
  transactionId: maybeText,
  cancelReason: maybeText,
  cancelledAtMs: maybeNumber,
})

/** Part of the data file. */
export const PayScore = v.object({
  services: v.array(Service),
  plans: v.array(Plan),
  signPlans: v.array(SignPlan),
  orders: v.array(Order),
}) satisfies v.GenericSchema<unknown, StoredPayScore>
