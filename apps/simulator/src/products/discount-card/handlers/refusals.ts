import type { endpoints } from '@shouyin/wechatpay-core/discount-card'
import type { Refuse } from '../../../kernel/handler.ts'
import type { Refusal } from '../../../kernel/refusal.ts'

/** All operations of discount cards declare the same pairs. */
export type CardRefuse = Refuse<(typeof endpoints)['prepareCard']>

/**
 * The error tables of these pages could not be read: codes are those of the API before this one, where INVALID_REQUEST is a
 * request that is well formed and breaks a rule (seen). No source prints a sentence of these operations: all are GUESSES.
 * What is marked is the rule itself: `seen` where a page says it, DERIVED where it follows from one; the others are GUESSES.
 */
export const refusals = {
  APPID_MISMATCH: [400, 'PARAM_ERROR', 'appid与商户号不匹配'], // seen: 与传入的商户号建立了支付绑定关系的appid
  USED_OTHERWISE: [400, 'INVALID_REQUEST', '请确认相同单号是否使用了不同的参数'], // DERIVED: 同一个商户号下必须唯一
  TEMPLATE_UNKNOWN: [404, 'RESOURCE_NOT_EXISTS', '先享卡模板不存在'], // DERIVED: 创建模板后可获得
  CARD_UNKNOWN: [404, 'RESOURCE_NOT_EXISTS', '先享卡订单不存在'],
  TEMPLATE_MISMATCH: [400, 'INVALID_REQUEST', '先享卡模板ID与先享卡订单不一致'],
  CARD_ENDED: [400, 'INVALID_REQUEST', '先享卡已结算，用户记录不能再修正'], // seen: 已经结算的不能修正
  OBJECTIVE_UNKNOWN: [400, 'INVALID_REQUEST', '先享卡目标不存在'], // DERIVED: 为每个先享卡目标分配的唯一ID
  REWARD_UNKNOWN: [400, 'INVALID_REQUEST', '先享卡优惠不存在'], // DERIVED, as the one before
  OBJECTIVE_BELOW_ZERO: [400, 'INVALID_REQUEST', '目标完成数量扣减后不能小于0'],
  REWARD_COUNT_BELOW_ZERO: [400, 'INVALID_REQUEST', '优惠使用数量扣减后不能小于0'],
  REWARD_AMOUNT_BELOW_ZERO: [400, 'INVALID_REQUEST', '优惠使用金额扣减后不能小于0'],
  REWARD_COUNT_ABOVE: [400, 'INVALID_REQUEST', '优惠使用数量超过模板配置的数量'],
  REWARD_AMOUNT_ABOVE: [400, 'INVALID_REQUEST', '优惠使用金额超过模板配置的金额'], // seen
} as const satisfies Record<string, Parameters<CardRefuse>>

export type Why = keyof typeof refusals

/** A rule that a request breaks, and where. */
export interface Broken {
  readonly why: Why
  readonly field: string
  readonly value: unknown
  readonly issue: string
}

/** @param field a JSON pointer into the body, or the name of a part of the path */
export const broken = (why: Why, field: string, value: unknown, issue: string): Broken => ({ why, field, value, issue })

/** @throws Refusal when a rule is broken */
export function insist(found: Broken | undefined, refuse: CardRefuse): void {
  if (found) throw refusal(found, refuse)
}

export function refusal({ why, ...where }: Broken, refuse: CardRefuse): Refusal {
  return refuse(...refusals[why], { ...where, location: where.field.startsWith('/') ? 'body' : 'url' })
}
