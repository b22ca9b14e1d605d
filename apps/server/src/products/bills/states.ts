import type { Transitions } from '@shouyin/wechatpay-core/contract'

export const billDayStates = ['waiting', 'imported', 'empty', 'reconciled'] as const
export type BillDayState = (typeof billDayStates)[number]

/**
 * `empty`: WeChat Pay says that there is no bill. It is compared all the same: our books may have something; then it is
 * asked for again. What was imported stays.
 */
export const billDayTransitions = {
  waiting: ['imported', 'empty'],
  imported: ['reconciled'],
  empty: ['reconciled'],
  reconciled: ['waiting'],
} as const satisfies Transitions<BillDayState>

export const differenceStates = ['open', 'resolved'] as const
export type DifferenceState = (typeof differenceStates)[number]

export const differenceTransitions = {
  open: ['resolved'],
  resolved: [],
} as const satisfies Transitions<DifferenceState>
