import type { refunds } from '@shouyin/contracts/merchant'
import type { Kysely } from 'kysely'
import type { Database } from '../../database.ts'
import type { Charge, Refund } from '../../ledger/table.ts'

/** What the shop sees of these refunds, in their order. */
export async function viewRefunds(db: Kysely<Database>, rows: readonly Refund[]): Promise<refunds.Refund[]> {
  if (rows.length === 0) return []
  const ids = [...new Set(rows.map((row) => row.charge_id))]
  const charges = await db.selectFrom('charge').selectAll().where('id', 'in', ids).execute()
  const byId = new Map(charges.map((charge) => [charge.id, charge]))
  return rows.flatMap((row) => {
    const charge = byId.get(row.charge_id)
    return charge ? [view(row, charge)] : []
  })
}

export async function viewRefund(db: Kysely<Database>, id: string): Promise<refunds.Refund> {
  const row = await db.selectFrom('refund').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  const [refund] = await viewRefunds(db, [row])
  if (!refund) throw new Error(`refund ${id} has no view`)
  return refund
}

const view = (row: Refund, charge: Charge): refunds.Refund => ({
  id: row.id,
  outRefundNo: row.out_refund_no,
  refundId: row.refund_id,
  outTradeNo: charge.out_trade_no,
  transactionId: charge.transaction_id,
  orderId: charge.purpose === 'order' ? charge.subject_id : null,
  amountFen: row.amount_fen,
  state: row.state,
  cause: row.cause,
  reason: row.reason,
  problem: row.problem,
  account: row.received_account,
  requestedBy: row.requested_by,
  approvedBy: row.approved_by,
  createdAt: row.created_at.toISOString(),
  successTime: row.success_time?.toISOString() ?? null,
})
