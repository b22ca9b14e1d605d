import { parseRfc3339 } from '@shouyin/wechatpay-core/contract'
import { type schema, states } from '@shouyin/wechatpay-core/refunds'
import * as v from 'valibot'
import type { RefundEvidence } from '../../ledger/compare-refund.ts'

/** A signed answer about a refund, in the words of the ledger; undefined when it does not say how the refund stands. */
export const ofAnswer = (mchid: string, answer: schema.Refund): RefundEvidence | undefined =>
  toEvidence({ ...answer, mchid, refund_status: answer.status }, 'query')

export const ofNotification = (resource: schema.NotifiedRefund): RefundEvidence | undefined =>
  toEvidence(resource, 'notification')

function toEvidence(refund: schema.NotifiedRefund, proof: RefundEvidence['proof']): RefundEvidence | undefined {
  const status = v.safeParse(states.RefundStatus, refund.refund_status)
  const isSuccess = refund.refund_status === 'SUCCESS'
  if (!status.success || isSuccess !== (isSuccess && refund.success_time !== undefined)) return undefined
  return {
    mchid: refund.mchid,
    outTradeNo: refund.out_trade_no,
    transactionId: refund.transaction_id,
    outRefundNo: refund.out_refund_no,
    refundId: refund.refund_id,
    amountFen: refund.amount.refund,
    status: status.output,
    successTime: isSuccess && refund.success_time !== undefined ? parseRfc3339(refund.success_time) : null,
    receivedAccount: refund.user_received_account ?? null,
    proof,
  }
}
