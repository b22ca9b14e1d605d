import * as v from 'valibot'
import type { Transitions } from '../../contract/state.ts'

/** 退款状态. */
export const refundStatuses = ['PROCESSING', 'SUCCESS', 'CLOSED', 'ABNORMAL'] as const
export const RefundStatus = v.picklist(refundStatuses)
export type RefundStatus = v.InferOutput<typeof RefundStatus>

/**
 * The moves that WeChat Pay makes. CLOSED: nothing went back, another number may be used. ABNORMAL: the shopper's
 * account does not take it; it ends by an abnormal refund, which may be PROCESSING again on its way.
 */
export const refundTransitions = {
  PROCESSING: ['SUCCESS', 'CLOSED', 'ABNORMAL'],
  ABNORMAL: ['PROCESSING', 'SUCCESS', 'CLOSED'],
  SUCCESS: [],
  CLOSED: [],
} as const satisfies Transitions<RefundStatus>
