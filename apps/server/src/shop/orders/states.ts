import type { Transitions } from '@shouyin/wechatpay-core/contract'

export const orderStates = ['pending', 'closing', 'paid', 'closed'] as const
export type OrderState = (typeof orderStates)[number]

/** `closing`: the shopper or the clock wants it closed and WeChat Pay has not agreed yet. */
export const orderTransitions = {
  pending: ['closing', 'closed', 'paid'],
  closing: ['closed', 'paid'],
  paid: [],
  closed: [],
} as const satisfies Transitions<OrderState>
