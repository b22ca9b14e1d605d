import * as v from 'valibot'
import type { Transitions } from '../../contract/state.ts'

/** 先享卡状态. SETTLING: its time is over, the merchant may still correct records. */
export const cardStates = ['ONGOING', 'SETTLING', 'FINISHED', 'UNFINISHED'] as const
export const CardState = v.picklist(cardStates)
export type CardState = v.InferOutput<typeof CardState>

/** ONGOING → UNFINISHED: the user has quit. Whether SETTLING can be quit no page says; here it cannot (DERIVED). */
export const cardTransitions = {
  ONGOING: ['SETTLING', 'FINISHED', 'UNFINISHED'],
  SETTLING: ['FINISHED', 'UNFINISHED'],
  FINISHED: [],
  UNFINISHED: [],
} as const satisfies Transitions<CardState>

/** 未完成约定原因: its time was over, or the user has quit. */
export const unfinishedReasons = ['DUE_TO_QUIT', 'EARLY_QUIT'] as const
export const UnfinishedReason = v.picklist(unfinishedReasons)
export type UnfinishedReason = v.InferOutput<typeof UnfinishedReason>

/** 扣费状态: what was enjoyed is collected from who did not keep the promise. */
export const payStates = ['PAYING', 'PAID'] as const
export const PayState = v.picklist(payStates)
export type PayState = v.InferOutput<typeof PayState>

export const payTransitions = { PAYING: ['PAID'], PAID: [] } as const satisfies Transitions<PayState>

/** 奖励次数类型. */
export const countTypes = ['COUNT_UNLIMITED', 'COUNT_LIMIT'] as const
export type CountType = (typeof countTypes)[number]

/** INCREASE: it happened. DECREASE: it was undone, by a refund for example. */
export const recordTypes = ['INCREASE', 'DECREASE'] as const
export type RecordType = (typeof recordTypes)[number]
