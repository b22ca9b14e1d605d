import type { refundRequests } from '@shouyin/contracts/merchant'
import type { refunds } from '@shouyin/contracts/shopper'
import type { RefundCause, RefundState } from '../../ledger/states.ts'
import type { Refund } from '../../ledger/table.ts'
import type { RefundRequestRow } from '../table.ts'

const origins: Readonly<Record<RefundCause, refunds.RefundProgress['origin']>> = {
  shopper: 'shopper',
  merchant: 'shop',
  foreign: 'shop',
  paid_after_close: 'automatic',
  paid_twice: 'automatic',
}

/** For the shopper a refund that is not at WeChat Pay yet is on its way, and one that was given up did not go. */
const statuses: Readonly<Record<RefundState, refunds.RefundProgress['status']>> = {
  proposed: 'requested',
  declined: 'declined',
  waiting: 'processing',
  withdrawn: 'closed',
  processing: 'processing',
  abnormal: 'abnormal',
  succeeded: 'succeeded',
  closed: 'closed',
}

export const viewRefund = (refund: Refund): refunds.RefundProgress => ({
  id: refund.id,
  amountFen: refund.amount_fen,
  origin: origins[refund.cause],
  status: statuses[refund.state],
  reason: refund.reason,
  note: null,
  account: refund.received_account,
  createdAt: refund.created_at.toISOString(),
  finishedAt: refund.success_time?.toISOString() ?? null,
})

/** A request that is no refund (yet). */
export const viewRequest = (request: RefundRequestRow): refunds.RefundProgress => ({
  id: request.id,
  amountFen: request.amount_fen,
  origin: 'shopper',
  status: request.state === 'declined' ? 'declined' : 'requested',
  reason: request.reason,
  note: request.note,
  account: null,
  createdAt: request.created_at.toISOString(),
  finishedAt: request.decided_at?.toISOString() ?? null,
})

export const viewForMerchant = (request: RefundRequestRow): refundRequests.RefundRequest => ({
  id: request.id,
  orderId: request.order_id,
  amountFen: request.amount_fen,
  reason: request.reason,
  state: request.state,
  note: request.note,
  refundId: request.refund_id,
  decidedBy: request.decided_by,
  createdAt: request.created_at.toISOString(),
})
