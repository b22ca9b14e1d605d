import type { books } from '@shouyin/contracts/merchant'
import type { Generated, GeneratedAlways, JSONColumnType, Selectable } from 'kysely'
import type { BillDayState, DifferenceState } from './states.ts'

/** 交易账单, or the 资金账单 of one account; in the order in which a day is worked on. */
export const bills = ['trade', 'BASIC', 'OPERATION', 'FEES'] as const
export type Bill = (typeof bills)[number]

export interface BillDayTable {
  id: GeneratedAlways<number>
  mchid: string
  /** A day of Asia/Shanghai, `2026-11-20`. */
  date: string
  bill: Bill
  state: Generated<BillDayState>
  next_attempt_at: Date | null
  attempts: Generated<number>
  problem: string | null
  late: Generated<boolean>
  sha1: string | null
  rows: number | null
  sum_fen: number | null
  opening_fen: number | null
  closing_fen: number | null
  bank_fen: number | null
  finished_at: Date | null
}

export interface BillRowTable {
  bill_day_id: number
  row_no: number
  kind: 'payment' | 'refund' | 'revoked' | 'other'
  trade_time: Date
  appid: string
  merchant: string
  transaction_id: string
  out_trade_no: string
  openid: string
  trade_type: string
  trade_state: string
  currency: string
  settlement_fen: number
  order_fen: number | null
  refund_id: string | null
  out_refund_no: string | null
  refund_fen: number | null
  applied_fen: number | null
  refund_status: string | null
  refunded_at: Date | null
  fee_milli_fen: number
  attach: string
}

export interface FundFlowRowTable {
  bill_day_id: number
  row_no: number
  kind: 'payment' | 'refund' | 'refund_closed' | 'fee' | 'withdrawal' | 'top_up' | 'other'
  booked_at: Date
  business_id: string
  flow_id: string
  business_name: string
  business_type: string
  /** Signed: negative is 支出. */
  amount_fen: number
  balance_fen: number
  voucher_no: string
}

export interface DifferenceTable {
  id: GeneratedAlways<number>
  bill_day_id: number
  kind: books.Difference['kind']
  reference: string
  out_trade_no: string | null
  out_refund_no: string | null
  /** WeChat Pay's sum less ours. */
  delta_fen: number
  detail: JSONColumnType<Record<string, unknown>>
  state: Generated<DifferenceState>
  note: string | null
  resolved_by: string | null
  created_at: Date
  resolved_at: Date | null
  next_check_at: Date | null
  checks: Generated<number>
}

export interface BillsTables {
  bill_day: BillDayTable
  bill_row: BillRowTable
  fund_flow_row: FundFlowRowTable
  difference: DifferenceTable
}

export type BillDay = Selectable<BillDayTable>
export type BillRow = Selectable<BillRowTable>
export type Difference = Selectable<DifferenceTable>
