import type { Kysely } from 'kysely'
import type { Database } from '../../database.ts'
import type { Evidence } from '../../ledger/compare.ts'
import type { RefundEvidence } from '../../ledger/compare-refund.ts'
import type { DueDifference } from './differences.ts'

/** What the row of a payment proves: the bill's hash stands in a signed answer. Undefined when there is no such row. */
export async function paymentEvidence(
  db: Kysely<Database>,
  { bill_day_id, reference }: DueDifference,
): Promise<Evidence | undefined> {
  const row = await db
    .selectFrom('bill_row')
    .selectAll()
    .where('transaction_id', '=', reference)
    .where('refund_id', 'is', null)
    .where('bill_day_id', '=', bill_day_id)
    .where('kind', '=', 'payment')
    .executeTakeFirst()
  return (
    row && {
      mchid: row.merchant,
      appid: row.appid,
      openid: row.openid,
      outTradeNo: row.out_trade_no,
      transactionId: row.transaction_id,
      amountFen: row.order_fen ?? row.settlement_fen,
      currency: row.currency,
      successTime: row.trade_time,
      proof: 'bill',
    }
  )
}

/** FAIL and CHANGE are left to a signed answer: no page says which states of the API they are. */
const statuses: Readonly<Record<string, RefundEvidence['status']>> = { PROCESSING: 'PROCESSING', SUCCESS: 'SUCCESS' }

/** The same of a refund. Only a REFUND bill prints when it arrived; else it is the time of the row. */
export async function refundEvidence(
  db: Kysely<Database>,
  { bill_day_id, reference }: DueDifference,
): Promise<RefundEvidence | undefined> {
  const row = await db
    .selectFrom('bill_row')
    .selectAll()
    .where('refund_id', '=', reference)
    .where('bill_day_id', '=', bill_day_id)
    .where('kind', '=', 'refund')
    .executeTakeFirst()
  const status = statuses[row?.refund_status ?? '']
  if (!row || !status) return undefined
  return {
    mchid: row.merchant,
    outTradeNo: row.out_trade_no,
    transactionId: row.transaction_id,
    outRefundNo: row.out_refund_no ?? '',
    refundId: reference,
    amountFen: row.applied_fen ?? row.refund_fen ?? 0,
    status,
    successTime: status === 'SUCCESS' ? (row.refunded_at ?? row.trade_time) : null,
    receivedAccount: null,
    proof: 'bill',
  }
}
