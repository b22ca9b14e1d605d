import type { Transitions } from '@shouyin/wechatpay-core/contract'

export const refundRequestStates = ['requested', 'approved', 'declined'] as const
export type RefundRequestState = (typeof refundRequestStates)[number]

export const refundRequestTransitions = {
  requested: ['approved', 'declined'],
  approved: [],
  declined: [],
} as const satisfies Transitions<RefundRequestState>
