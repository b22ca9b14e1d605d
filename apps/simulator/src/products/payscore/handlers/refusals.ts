import type { endpoints } from '@shouyin/wechatpay-core/payscore'
import type { Refuse } from '../../../kernel/handler.ts'

/** All operations of Pay Score declare the same pairs. */
export type PayScoreRefuse = Refuse<(typeof endpoints)['createPlan']>

/**
 * Each as the API answers it. Marked `seen`: in official pages or in answers that people have shown, though not always with
 * its code. The error tables of the plan's own pages could not be read: what is not marked is a GUESS after the others.
 */
export const refusals = {
  NO_PERMISSION: [403, 'NO_AUTH', '商户暂无权限使用此服务'], // seen
  APPID_MISMATCH: [400, 'PARAM_ERROR', 'appid与商户号不匹配'],
  USED_OTHERWISE: [400, 'INVALID_REQUEST', '请确认相同单号是否使用了不同的参数'], // seen
  PLAN_UNKNOWN: [404, 'RESOURCE_NOT_EXISTS', '支付分计划不存在'],
  PLAN_TOO_LONG: [400, 'INVALID_REQUEST', '支付分计划有效期超过服务的最大有效期'],
  PLAN_TOO_MANY: [400, 'INVALID_REQUEST', '支付分计划扣费次数超过服务的最大扣费次数'],
  DETAIL_COUNT: [400, 'INVALID_REQUEST', '计划明细数量与扣费次数不一致'],
  DETAIL_PRICE: [400, 'INVALID_REQUEST', '计划明细实际支付金额大于原支付金额'],
  DETAIL_RISES: [400, 'INVALID_REQUEST', '计划明细实际支付金额大于上一个计划明细'],
  TOTAL_MISMATCH: [400, 'INVALID_REQUEST', '计划总金额与计划明细金额之和不一致'],
  PLAN_STOPPED: [400, 'INVALID_REQUEST', '支付分计划已停止，无法签约'],
  SERVICE_MISMATCH: [400, 'INVALID_REQUEST', '服务ID与创建时不一致'],
  DETAIL_NUMBERS: [400, 'INVALID_REQUEST', '签约计划详情与支付分计划明细的数量和顺序不一致'],
  DETAIL_NUMBER_USED: [400, 'INVALID_REQUEST', '计划详情的商户侧单号重复'],
  SIGN_PLAN_UNKNOWN: [404, 'RESOURCE_NOT_EXISTS', '签约计划不存在'],
  SIGN_PLAN_STATE: [400, 'INVALID_REQUEST', '签约计划状态无效'],
  OPENID_MISMATCH: [400, 'INVALID_REQUEST', 'openid与签约用户不一致'],
  DETAIL_UNKNOWN: [400, 'INVALID_REQUEST', '计划详情序号不存在'],
  DETAIL_NUMBER_OTHER: [400, 'INVALID_REQUEST', '商户侧单号与签约时计划详情的单号不一致'],
  ORDER_OPEN: [400, 'INVALID_REQUEST', '同时只能有一个服务中的订单，请先将上一个订单取消，或完结并等待支付成功'],
  ORDER_SKIPS: [400, 'INVALID_REQUEST', '不允许跳序号创建订单'],
  START_EARLY: [400, 'PARAM_ERROR', '服务开始时间不能早于调用接口时间'],
  END_BEFORE_START: [400, 'PARAM_ERROR', '真实结束时间小于预计开始时间'], // seen
  END_SOON: [400, 'PARAM_ERROR', '服务结束时间必须晚于当前时间1分钟'],
  END_MISSING: [400, 'PARAM_ERROR', '创建订单未填写服务结束时间,则结束时间必填'], // seen
  END_LATE: [400, 'PARAM_ERROR', '实际结束时间不能晚于使用完结接口的时间'], // seen
  START_LATE: [400, 'PARAM_ERROR', '实际开始时间不能晚于使用完结接口的时间'],
  TIME_FORMAT: [400, 'PARAM_ERROR', '时间格式必须与首次传入格式保持一致'],
  LOCATION_START: [400, 'PARAM_ERROR', '填写服务结束地点时，服务开始地点必填'],
  ORDER_UNKNOWN: [404, 'ORDER_NOT_EXIST', '订单不存在'], // seen
  NOT_COMPLETABLE: [400, 'INVALID_REQUEST', '当前订单状态不合法'], // seen
  COMPLETED_OTHERWISE: [400, 'INVALID_REQUEST', '订单重入参数校验失败'], // seen, without its code
  NOT_CANCELLABLE: [400, 'PARAM_ERROR', '当前订单状态不满足撤销条件'], // seen
  TOTAL_WRONG: [400, 'PARAM_ERROR', '最终总金额计算非法'], // seen
  TOTAL_ABOVE_DETAIL: [400, 'INVALID_REQUEST', '总金额大于计划详情的实际支付金额'],
  BUSY: [400, 'INVALID_REQUEST', '单据正在扣款中，请稍后再试'], // seen, without its code
  NOT_PAYING: [400, 'INVALID_ORDER_STATE', '仅服务订单支付状态为待支付时，才可使用此能力'], // seen, without its code
  MODIFIED: [400, 'INVALID_REQUEST', '同一笔订单仅能修改1次'],
  TOTAL_NOT_LESS: [400, 'INVALID_REQUEST', '修改后金额必须小于修改前金额'],
  PAID_TIME: [400, 'PARAM_ERROR', '收款成功时间必须晚于完结订单时间，且不晚于当前时间'],
  ORDER_STATE: [400, 'INVALID_ORDER_STATE', '单据状态错误'], // seen
  ORDER_CANCELED: [400, 'ORDER_CANCELED', '单据已取消'], // seen
  ORDER_DONE: [400, 'ORDER_DONE', '订单已完成'], // seen
} as const satisfies Record<string, Parameters<PayScoreRefuse>>

export type Why = keyof typeof refusals

/** A rule that a request breaks, and where. */
export interface Broken {
  readonly why: Why
  readonly field?: string
  readonly value?: unknown
  readonly issue?: string
}

/** @param field a JSON pointer into the body */
export const broken = (why: Why, field: string, value: unknown, issue: string): Broken => ({ why, field, value, issue })

/** @throws Refusal when a rule is broken */
export function insist(found: Broken | undefined, refuse: PayScoreRefuse): void {
  if (!found) return
  const { why, ...where } = found
  throw where.field === undefined ? refuse(...refusals[why]) : refuse(...refusals[why], { ...where, location: 'body' })
}
