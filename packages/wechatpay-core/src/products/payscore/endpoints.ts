import { commonErrors, defineEndpoint, rejected } from '../../contract/endpoint.ts'
import {
  CancelBody,
  CancelResponse,
  CompleteBody,
  CreatePlanBody,
  CreateServiceOrderBody,
  CreateSignPlanBody,
  CreateSignPlanResponse,
  ModifyBody,
  OutOrderNoPath,
  Plan,
  PlanPath,
  ServiceOrder,
  ServiceOrderQuery,
  SignPlan,
  SignPlanPath,
  StopSignPlanBody,
  SyncBody,
} from './schema/index.ts'

/**
 * One table on every Pay Score page that could be read, from 2020 to 2025. Those of the plan's own pages could not: that
 * they have the same, and RESOURCE_NOT_EXISTS for a plan that is not there, is a GUESS.
 */
const errors = [
  ...commonErrors,
  rejected(400, 'INVALID_ORDER_STATE'),
  rejected(400, 'ORDER_CANCELED'),
  rejected(400, 'ORDER_DONE'),
  rejected(403, 'NO_AUTH'),
  rejected(404, 'ORDER_NOT_EXIST'),
  rejected(404, 'RESOURCE_NOT_EXISTS'),
] as const

const PAGES = 'https://pay.weixin.qq.com/doc/v3/merchant'

/** 创建支付分计划. */
export const createPlan = defineEndpoint({
  id: 'payscore.createPlan',
  method: 'POST',
  url: '/v3/payscore/plan/payscore-plans',
  body: CreatePlanBody,
  response: Plan,
  errors,
  doc: `${PAGES}/4012467232`,
})

/** 查询支付分计划: by its creator only. */
export const queryPlan = defineEndpoint({
  id: 'payscore.queryPlan',
  method: 'GET',
  url: '/v3/payscore/plan/payscore-plans/merchant-plan-no/{merchant_plan_no}',
  path: PlanPath,
  response: Plan,
  errors,
  doc: `${PAGES}/4012470804`,
})

/** 停止支付分计划: no body, yet Content-Type. Nobody signs it any more; who has signed may finish. */
export const stopPlan = defineEndpoint({
  id: 'payscore.stopPlan',
  method: 'POST',
  url: '/v3/payscore/plan/payscore-plans/merchant-plan-no/{merchant_plan_no}/stop',
  path: PlanPath,
  response: Plan,
  errors,
  doc: `${PAGES}/4012470851`,
})

/** 创建用户的签约计划. */
export const createSignPlan = defineEndpoint({
  id: 'payscore.createSignPlan',
  method: 'POST',
  url: '/v3/payscore/sign-plan/user-sign-plans',
  body: CreateSignPlanBody,
  response: CreateSignPlanResponse,
  errors,
  doc: `${PAGES}/4012489420`,
})

/** 查询用户的签约计划. */
export const querySignPlan = defineEndpoint({
  id: 'payscore.querySignPlan',
  method: 'GET',
  url: '/v3/payscore/sign-plan/user-sign-plans/merchant-sign-plan-no/{merchant_sign_plan_no}',
  path: SignPlanPath,
  response: SignPlan,
  errors,
  doc: `${PAGES}/4012470990`,
})

/** 取消用户的签约计划: unused details end; an order that exists already is completed or cancelled as usual. */
export const stopSignPlan = defineEndpoint({
  id: 'payscore.stopSignPlan',
  method: 'POST',
  url: '/v3/payscore/sign-plan/user-sign-plans/merchant-sign-plan-no/{merchant_sign_plan_no}/stop',
  path: SignPlanPath,
  body: StopSignPlanBody,
  response: SignPlan,
  errors,
  doc: `${PAGES}/4012471050`,
})

/** 创建用户的签约计划详情对应的服务订单: one at a time, in order, with the number promised at signing. */
export const createServiceOrder = defineEndpoint({
  id: 'payscore.createServiceOrder',
  method: 'POST',
  url: '/v3/payscore/sign-plan/serviceorder',
  body: CreateServiceOrderBody,
  response: ServiceOrder,
  errors,
  doc: `${PAGES}/4012489351`,
})

/** 查询支付分订单. */
export const queryServiceOrder = defineEndpoint({
  id: 'payscore.queryServiceOrder',
  method: 'GET',
  url: '/v3/payscore/serviceorder',
  query: ServiceOrderQuery,
  response: ServiceOrder,
  errors,
  doc: `${PAGES}/4012587902`,
})

/**
 * 完结支付分订单: from here on WeChat deducts by itself until it is paid, cancelled or synchronised. It may not have ended
 * later than now. Whether the same completion may be sent twice is told in both ways: query first.
 */
export const completeServiceOrder = defineEndpoint({
  id: 'payscore.completeServiceOrder',
  method: 'POST',
  url: '/v3/payscore/serviceorder/{out_order_no}/complete',
  path: OutOrderNoPath,
  body: CompleteBody,
  response: ServiceOrder,
  errors,
  doc: `${PAGES}/4012587955`,
})

/**
 * 取消支付分订单: also while WeChat deducts. While an attempt runs it answers 单据正在扣款中,请稍后再试: again after 3
 * minutes, with the same reason. Which code comes with that sentence is printed nowhere (GUESS INVALID_REQUEST).
 */
export const cancelServiceOrder = defineEndpoint({
  id: 'payscore.cancelServiceOrder',
  method: 'POST',
  url: '/v3/payscore/serviceorder/{out_order_no}/cancel',
  path: OutOrderNoPath,
  body: CancelBody,
  response: CancelResponse,
  errors,
  doc: `${PAGES}/4012587905`,
})

/** 修改订单金额: down, as often as it gets less, while WeChat deducts. 单据正在扣款中 as of a cancel. */
export const modifyServiceOrder = defineEndpoint({
  id: 'payscore.modifyServiceOrder',
  method: 'POST',
  url: '/v3/payscore/serviceorder/{out_order_no}/modify',
  path: OutOrderNoPath,
  body: ModifyBody,
  response: ServiceOrder,
  errors,
  doc: `${PAGES}/4012587957`,
})

/**
 * 同步服务订单信息: it was paid another way; WeChat stops deducting. 单据正在扣款中 as of a cancel; ORDER_DONE when the
 * deduction was faster: money twice, one of the two is refunded.
 */
export const syncServiceOrder = defineEndpoint({
  id: 'payscore.syncServiceOrder',
  method: 'POST',
  url: '/v3/payscore/serviceorder/{out_order_no}/sync',
  path: OutOrderNoPath,
  body: SyncBody,
  response: ServiceOrder,
  errors,
  doc: `${PAGES}/4012587962`,
})
