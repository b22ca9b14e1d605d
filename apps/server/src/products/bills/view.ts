import type { books } from '@shouyin/contracts/merchant'
import type { BillDay, Difference } from './table.ts'

export const viewDifference = (row: Difference & Pick<BillDay, 'mchid' | 'date' | 'bill'>): books.Difference => ({
  id: String(row.id),
  mchid: row.mchid,
  date: row.date,
  bill: row.bill,
  kind: row.kind,
  reference: row.reference,
  outTradeNo: row.out_trade_no,
  outRefundNo: row.out_refund_no,
  deltaFen: row.delta_fen,
  detail: row.detail,
  state: row.state,
  note: row.note,
  resolvedBy: row.resolved_by,
  createdAt: row.created_at.toISOString(),
  resolvedAt: row.resolved_at?.toISOString() ?? null,
})
