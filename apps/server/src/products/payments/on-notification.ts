import type { Handlers } from '../../kernel/inbox.ts'
import { toEvidence } from '../../ledger/payment-evidence.ts'
import { settlePayment } from '../../ledger/settle-payment.ts'
import { fromWechat } from './states.ts'

/**
 * 支付成功通知, verified and committed to the inbox before it comes here. However often and in whatever order it comes,
 * it settles its charge once; what contradicts our own record settles nothing.
 */
export const onNotification: Handlers['payments.transactionSuccess'] = async (ctx, { resource }) => {
  const evidence = toEvidence(resource, 'notification')
  if (!evidence || fromWechat(resource.trade_state) !== 'paid') {
    ctx.alarm('notification_without_payment', {
      outTradeNo: resource.out_trade_no,
      tradeState: resource.trade_state,
    })
    return 'dead'
  }
  const settled = await settlePayment(ctx, evidence)
  return settled.kind === 'refused' ? 'dead' : 'processed'
}
