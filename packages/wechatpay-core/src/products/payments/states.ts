import * as v from 'valibot'
import type { Transitions } from '../../contract/state.ts'

/**
 * 交易状态. REVOKED, USERPAYING and PAYERROR belong to 付款码 (a till that scans), not to a mini-program order, but a
 * query may name them.
 */
export const tradeStates = ['NOTPAY', 'SUCCESS', 'REFUND', 'CLOSED', 'REVOKED', 'USERPAYING', 'PAYERROR'] as const
export const TradeState = v.picklist(tradeStates)
export type TradeState = v.InferOutput<typeof TradeState>

/** The moves that WeChat Pay makes. REFUND is still paid: a partial refund sets it too. */
export const tradeTransitions = {
  NOTPAY: ['SUCCESS', 'CLOSED', 'USERPAYING', 'PAYERROR', 'REVOKED'],
  USERPAYING: ['SUCCESS', 'NOTPAY', 'PAYERROR', 'REVOKED', 'CLOSED'],
  PAYERROR: ['SUCCESS', 'CLOSED', 'REVOKED'],
  SUCCESS: ['REFUND'],
  REFUND: [],
  CLOSED: [],
  REVOKED: [],
} as const satisfies Transitions<TradeState>

/** 支付结果描述, as WeChat words it. */
export const tradeStateDescriptions = {
  NOTPAY: '订单未支付',
  SUCCESS: '支付成功',
  REFUND: '订单发生过退款',
  CLOSED: '订单已关闭',
  REVOKED: '订单已撤销',
  USERPAYING: '用户支付中',
  PAYERROR: '支付失败',
} as const satisfies Record<TradeState, string>
