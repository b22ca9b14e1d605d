import type { RequestOf } from '@shouyin/wechatpay-core/contract'
import type { endpoints } from '@shouyin/wechatpay-core/payscore'
import type { Lesson, SignPlan } from '../table.ts'

export type CreateBody = RequestOf<typeof endpoints.createSignPlan>['body']

type Signer = Pick<SignPlan, 'mchid' | 'appid' | 'openid' | 'service_id' | 'merchant_sign_plan_no'>

/** 创建用户的签约计划. The number of a lesson is what its service order will carry. */
export const createBody = (
  signer: Signer,
  planId: string,
  lessons: readonly Pick<Lesson, 'number' | 'out_order_no'>[],
  notifyBaseUrl: URL,
): CreateBody => ({
  service_id: signer.service_id,
  plan_id: planId,
  appid: signer.appid,
  openid: signer.openid,
  merchant_sign_plan_no: signer.merchant_sign_plan_no,
  notify_url: new URL(`/wechatpay/notifications/${signer.mchid}/payscore`, notifyBaseUrl).href,
  sign_plan_detail: lessons.map(({ number, out_order_no }) => ({
    plan_detail_no: number,
    merchant_plan_detail_no: out_order_no,
  })),
})
