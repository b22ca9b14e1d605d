import type { OpenedNotification } from '@shouyin/wechatpay-core'
import type { Ctx } from '../../kernel/context.ts'
import { toEvidence } from './evidence.ts'
import { settlePayment } from './settle-payment.ts'
import { fromWechat } from './states.ts'

/** `dead`: stored and answered, but nothing followed from it; a person has to look. */
export type Handled = 'processed' | 'dead'

type PaymentNotification = Extract<OpenedNotification, { kind: 'payments.transactionSuccess' }>

/**
 * 支付成功通知, verified and committed to the inbox before it comes here. However often and in whatever order it comes,
 * it settles its charge once; what contradicts our own record settles nothing.
 */
export async function onNotification(ctx: Ctx, { resource }: PaymentNotification): Promise<Handled> {
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
