import type { schema } from '@shouyin/wechatpay-core/payscore'
import type { InferOutput } from 'valibot'
import { fingerprint } from '../../../kernel/fingerprint.ts'
import { digits } from '../../../kernel/numbers.ts'
import type { StoredPlan, StoredSignPlan } from '../../../kernel/payscore/stored.ts'

export type PlanBody = InferOutput<typeof schema.CreatePlanBody>
export type SignPlanBody = InferOutput<typeof schema.CreateSignPlanBody>

/** The stored form of a new plan; its details are numbered from 1 in the order given. */
export const newPlan = (mchid: string, body: PlanBody, nowMs: number): StoredPlan => ({
  mchid,
  appid: body.appid,
  serviceId: body.service_id,
  planId: `01000033${digits(24)}`,
  merchantPlanNo: body.merchant_plan_no,
  name: body.plan_name,
  durationDays: body.plan_duration,
  totalOriginalFen: body.total_original_price,
  totalActualFen: body.total_actual_price,
  details: body.plan_detail_list.map((detail, i) => ({
    no: i + 1,
    name: detail.plan_detail_name,
    originalFen: detail.original_price,
    discount: detail.plan_discount_description ?? null,
    actualFen: detail.actual_price,
  })),
  parameters: fingerprint(body),
  createdAtMs: nowMs,
  state: 'NORMAL',
  stopMchid: null,
  stoppedAtMs: null,
})

/** The stored form of a new sign plan: nobody has signed it yet. */
export const newSignPlan = (
  mchid: string,
  body: SignPlanBody,
  nowMs: number,
  namesPublicKey: boolean,
): StoredSignPlan => ({
  mchid,
  appid: body.appid,
  openid: body.openid,
  serviceId: body.service_id,
  planId: body.plan_id,
  signPlanId: `01020033${digits(24)}`,
  merchantSignPlanNo: body.merchant_sign_plan_no,
  notifyUrl: body.notify_url,
  parameters: fingerprint(body),
  namesPublicKey,
  createdAtMs: nowMs,
  packages: [],
  details: body.sign_plan_detail.map((detail) => ({
    no: detail.plan_detail_no,
    merchantNo: detail.merchant_plan_detail_no,
    state: 'NOT_USED',
    orderId: null,
    actualPayFen: 0,
    usedAtMs: null,
    completedAtMs: null,
    cancelledAtMs: null,
  })),
  state: 'UNSIGNED',
  goingNo: 0,
  signedAtMs: null,
  overAtMs: null,
  cancelType: 'NOT_CANCEL',
  cancelledAtMs: null,
  cancelReason: null,
})
