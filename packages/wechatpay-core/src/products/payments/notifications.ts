import { defineNotification, PAYMENT_LADDER } from '../../contract/notification.ts'
import { PaidTransaction } from './schema.ts'

/**
 * 支付成功通知. Combined orders and service providers use the same event type with other members, hence `lacks`.
 * A failed payment is never notified.
 */
export const transactionSuccess = defineNotification({
  id: 'payments.transactionSuccess',
  eventType: 'TRANSACTION.SUCCESS',
  originalType: 'transaction',
  summary: '支付成功',
  ladder: PAYMENT_LADDER,
  when: { has: ['out_trade_no'], lacks: ['combine_out_trade_no', 'sp_mchid'] },
  resource: PaidTransaction,
  doc: 'https://pay.weixin.qq.com/doc/v3/merchant/4012791902',
})
