import { firstRefundQueryAt } from './refund-schedule.ts'
import type { RefundState } from './states.ts'
import { type Charge, isCollectedByWechat, type Proof, type Refund } from './table.ts'

/** What WeChat Pay says about a refund, verified before it comes here. */
export interface RefundEvidence {
  readonly mchid: string
  readonly outTradeNo: string
  readonly transactionId: string
  readonly outRefundNo: string
  readonly refundId: string
  readonly amountFen: number
  readonly status: 'PROCESSING' | 'SUCCESS' | 'CLOSED' | 'ABNORMAL'
  /** Of SUCCESS, and only then. */
  readonly successTime: Date | null
  readonly receivedAccount: string | null
  readonly proof: Proof
}

export const stateOf = {
  PROCESSING: 'processing',
  SUCCESS: 'succeeded',
  CLOSED: 'closed',
  ABNORMAL: 'abnormal',
} as const satisfies Record<RefundEvidence['status'], RefundState>

/**
 * The members in which the evidence contradicts our own record; none: it is about this refund of this charge.
 * @param refund ours; undefined when we made none of that number
 * @param holder the refund that has this refund_id already
 */
export function refundContradictions(
  evidence: RefundEvidence,
  { charge, refund, holder }: { charge: Charge; refund: Refund | undefined; holder: { id: string } | undefined },
): readonly string[] {
  const pairs = {
    mchid: [charge.mchid, evidence.mchid],
    // Of a deduction it is WeChat's own, which we never learn before.
    outTradeNo: [isCollectedByWechat(charge.source) ? evidence.outTradeNo : charge.out_trade_no, evidence.outTradeNo],
    transactionId: [charge.transaction_id ?? evidence.transactionId, evidence.transactionId],
    amountFen: [refund?.amount_fen ?? Math.min(evidence.amountFen, charge.amount_fen), evidence.amountFen],
    refundId: [refund?.refund_id ?? evidence.refundId, evidence.refundId],
    refundHolder: [holder?.id ?? refund?.id, refund?.id],
    successTime: [evidence.status === 'SUCCESS', evidence.successTime !== null],
  }
  return Object.entries(pairs).flatMap(([name, [ours, theirs]]) => (ours === theirs ? [] : [name]))
}

/** What every evidence tells about a refund, in the words of its row. */
export const told = (evidence: RefundEvidence, now: Date) => ({
  state: stateOf[evidence.status],
  refund_id: evidence.refundId,
  success_time: evidence.status === 'SUCCESS' ? evidence.successTime : null,
  received_account: evidence.receivedAccount,
  resent_at: null,
  next_query_at: firstRefundQueryAt(stateOf[evidence.status], now),
})
