import type { RequestOf } from '@shouyin/wechatpay-core/contract'
import type { endpoints } from '@shouyin/wechatpay-core/refunds'
import type { Charge, Refund } from '../../ledger/table.ts'

export type CreateBody = RequestOf<typeof endpoints.create>['body']

/** 退款申请. Without a notify_url of its own the notice would be a V2 XML, or would not come. */
export function createBody(refund: Refund, charge: Charge, notifyBaseUrl: URL): CreateBody {
  return {
    ...(charge.transaction_id === null
      ? { out_trade_no: charge.out_trade_no }
      : { transaction_id: charge.transaction_id }),
    out_refund_no: refund.out_refund_no,
    ...(refund.reason !== null && { reason: refund.reason }),
    notify_url: new URL(`/wechatpay/notifications/${refund.mchid}/refunds`, notifyBaseUrl).href,
    amount: { refund: refund.amount_fen, total: charge.amount_fen, currency: charge.currency },
  }
}
