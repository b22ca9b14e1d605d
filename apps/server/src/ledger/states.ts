import type { Transitions } from '@shouyin/wechatpay-core/contract'

export const chargeStates = ['opened', 'closing', 'closed', 'succeeded'] as const
export type ChargeState = (typeof chargeStates)[number]

/** States in which WeChat Pay may still collect, and is asked. */
export const liveStates = ['opened', 'closing'] as const satisfies readonly ChargeState[]

/** `closed` moves to `succeeded` when WeChat Pay collected the sum after all: recorded, then paid back. */
export const chargeTransitions = {
  opened: ['closing', 'closed', 'succeeded'],
  closing: ['closed', 'succeeded'],
  closed: ['succeeded'],
  succeeded: [],
} as const satisfies Transitions<ChargeState>

/** What the money of a succeeded charge did: it paid its subject, or it waits to go back. */
export const settlements = ['settled', 'paid_after_close', 'paid_twice'] as const
export type Settlement = (typeof settlements)[number]

export const refundStates = [
  'proposed',
  'declined',
  'waiting',
  'withdrawn',
  'processing',
  'abnormal',
  'succeeded',
  'closed',
] as const
export type RefundState = (typeof refundStates)[number]

/** States from which a refund goes on by itself: it is sent, or WeChat Pay is asked. */
export const goingStates = ['waiting', 'processing', 'abnormal'] as const satisfies readonly RefundState[]

/**
 * Ours up to `waiting`, WeChat Pay's after it. `withdrawn` moves on when WeChat Pay has it after all; `abnormal` is
 * `processing` again after 发起异常退款.
 */
export const refundTransitions = {
  proposed: ['waiting', 'declined'],
  declined: [],
  waiting: ['withdrawn', 'processing', 'abnormal', 'succeeded', 'closed'],
  withdrawn: ['processing', 'abnormal', 'succeeded', 'closed'],
  processing: ['abnormal', 'succeeded', 'closed'],
  abnormal: ['processing', 'succeeded', 'closed'],
  succeeded: [],
  closed: [],
} as const satisfies Transitions<RefundState>

/** Who began a refund; `foreign`: somebody at WeChat Pay without us, e.g. by hand in 商户平台. */
export const refundCauses = ['merchant', 'shopper', 'paid_after_close', 'paid_twice', 'foreign'] as const
export type RefundCause = (typeof refundCauses)[number]
