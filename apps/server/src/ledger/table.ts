import type { Generated, GeneratedAlways, Insertable, JSONColumnType, Selectable } from 'kysely'
import type { Purpose } from '../kernel/effects.ts'
import type { ChargeState, RefundCause, RefundState, Settlement } from './states.ts'

/** Who asks for sums. */
export const sources = ['payments', 'payscore', 'discount-card'] as const
export type Source = (typeof sources)[number]
/** WeChat Pay collects these by itself, under a 商户订单号 of its own: 微信订单号 alone names them. */
export const collectedByWechat = ['payscore', 'discount-card'] as const satisfies readonly Source[]
export const isCollectedByWechat = (source: Source): boolean => collectedByWechat.some((one) => one === source)
export type { Purpose }
/** How we learned that money moved. */
export type Proof = 'notification' | 'query' | 'bill'

export interface ChargeTable {
  id: string
  source: Source
  purpose: Purpose
  subject_id: string
  mchid: string
  out_trade_no: string
  appid: string
  openid: string
  amount_fen: number
  currency: 'CNY'
  description: string
  created_at: Date
  expires_at: Date
  state: Generated<ChargeState>
  settlement: Settlement | null
  transaction_id: string | null
  success_time: Date | null
  refund_reserved_fen: Generated<number>
  refund_count: Generated<number>
  unconfirmed: Generated<boolean>
  next_query_at: Date | null
  query_count: Generated<number>
}

export interface MovementTable {
  kind: 'payment' | 'refund'
  provider_ref: string
  mchid: string
  charge_id: string
  /** Negative for a refund. */
  amount_fen: number
  proof: Proof
  occurred_at: Date
  recorded_at: Date
}

export interface RefundTable {
  id: string
  charge_id: string
  mchid: string
  out_refund_no: string
  cause: RefundCause
  amount_fen: number
  reason: string | null
  requested_by: string | null
  needs_approval: boolean
  approved_by: string | null
  created_at: Date
  state: RefundState
  /** The request as JSON, as first sent; null: WeChat Pay never heard of it from us. */
  request: string | null
  sending_until: Date | null
  problem: string | null
  refund_id: string | null
  accepted_at: Date | null
  success_time: Date | null
  received_account: string | null
  resent_at: Date | null
  next_query_at: Date | null
  query_count: Generated<number>
}

export interface AnomalyTable {
  id: GeneratedAlways<number>
  kind: AnomalyKind
  mchid: string
  out_trade_no: string
  detail: JSONColumnType<Record<string, unknown>>
  times: Generated<number>
  first_seen_at: Date
  last_seen_at: Date
  resolved_at: Date | null
  resolved_by: string | null
  note: string | null
}

export type AnomalyKind =
  | 'unknown_charge'
  | 'evidence_mismatch'
  | 'paid_after_close'
  | 'paid_twice'
  | 'unknown_refund'
  | 'refund_mismatch'
  | 'foreign_refund'
  | 'withdrawn_refund'
  | 'refund_abnormal'
  | 'refund_closed'
  | 'card_total_mismatch'

export interface LedgerTables {
  charge: ChargeTable
  movement: MovementTable
  refund: RefundTable
  anomaly: AnomalyTable
}

export type Charge = Selectable<ChargeTable>
export type Refund = Selectable<RefundTable>
export type Movement = Insertable<MovementTable>
