import type { Generated, Insertable, JSONColumnType, Selectable } from 'kysely'
import type { ChargeState, Settlement } from './states.ts'

/** Who asked for the sum. */
export type Source = 'payments'
/** What the sum is for; decides what a settled charge means. */
export type Purpose = 'order'
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

export interface RefundIntentTable {
  charge_id: string
  cause: Exclude<Settlement, 'settled'>
  amount_fen: number
  state: Generated<'waiting'>
  created_at: Date
}

export interface AnomalyTable {
  kind: AnomalyKind
  mchid: string
  out_trade_no: string
  detail: JSONColumnType<Record<string, unknown>>
  times: Generated<number>
  first_seen_at: Date
  last_seen_at: Date
}

export type AnomalyKind = 'unknown_charge' | 'evidence_mismatch' | 'paid_after_close' | 'paid_twice'

export interface LedgerTables {
  charge: ChargeTable
  movement: MovementTable
  refund_intent: RefundIntentTable
  anomaly: AnomalyTable
}

export type Charge = Selectable<ChargeTable>
export type Movement = Insertable<MovementTable>
