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
