import { formatShanghai } from '@shouyin/wechatpay-core/contract'
import { notifications } from '@shouyin/wechatpay-core/refunds'
import type { StoredRefund } from '../../kernel/refunds.ts'
import { toXml } from '../../kernel/v2-notice.ts'
import type { World } from '../../kernel/world.ts'
import { toNotified } from './model.ts'

const declared = {
  SUCCESS: notifications.success,
  ABNORMAL: notifications.abnormal,
  CLOSED: notifications.closed,
} as const

/** As V2 calls the states. */
const v2Statuses = { SUCCESS: 'SUCCESS', ABNORMAL: 'CHANGE', CLOSED: 'REFUNDCLOSE' } as const

/** 退款结果通知, on its way at once and not waited for: to the refund's notify_url, else as V2 where 商户平台 says. */
export function notifyRefund(world: World, refund: StoredRefund, atMs: number): void {
  const { status, mchid, outTradeNo, outRefundNo, notifyUrl, namesPublicKey } = refund
  if (status === 'PROCESSING') return
  const about = { mchid, outTradeNo, outRefundNo, namesPublicKey }
  const { refundCallbackUrl } = world.switches
  if (notifyUrl !== null) {
    const plaintext = JSON.stringify(toNotified(refund))
    world.notifier.send(declared[status], { ...about, url: notifyUrl, plaintext }, atMs)
  } else if (refundCallbackUrl !== '') {
    const plaintext = toXml('root', v2Members(refund, v2Statuses[status]))
    world.notifier.send(declared[status], { ...about, url: refundCallbackUrl, plaintext, format: 'v2' }, atMs)
  }
}

/** Members and spellings (`refund_recv_accout`) of V2's own page. */
const v2Members = (refund: StoredRefund, status: string) => ({
  transaction_id: refund.transactionId,
  out_trade_no: refund.outTradeNo,
  refund_id: refund.refundId,
  out_refund_no: refund.outRefundNo,
  total_fee: String(refund.totalFen),
  settlement_total_fee: String(refund.settlementTotalFen),
  refund_fee: String(refund.amountFen),
  settlement_refund_fee: String(refund.settlementRefundFen),
  refund_status: status,
  ...(refund.successAtMs !== null && {
    success_time: formatShanghai(new Date(refund.successAtMs)).slice(0, 19).replace('T', ' '),
  }),
  refund_recv_accout: refund.userReceivedAccount,
  refund_account:
    refund.fundsAccount === 'AVAILABLE' ? 'REFUND_SOURCE_RECHARGE_FUNDS' : 'REFUND_SOURCE_UNSETTLED_FUNDS',
  refund_request_source: refund.source,
})
