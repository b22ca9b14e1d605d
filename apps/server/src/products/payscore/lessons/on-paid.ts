import { states } from '@shouyin/wechatpay-core/payscore'
import type { Handlers } from '../../../kernel/inbox.ts'
import { applyServiceOrder } from './apply-service-order.ts'

/**
 * 支付成功回调通知, verified and committed to the inbox before it comes here. However often and in whatever order it
 * comes, also before the answer to 完结支付分订单, it has its effect once; what contradicts our own record has none.
 */
export const onPaid: Handlers['payscore.userPaid'] = async (ctx, { resource }) => {
  if (states.phaseOf(resource) !== 'done') {
    const { mchid, out_order_no: outTradeNo, state: tradeState } = resource
    ctx.alarm('notification_without_payment', { mchid, outTradeNo, tradeState })
    return 'dead'
  }
  const finding = await applyServiceOrder(ctx, { order: resource, proof: 'notification' })
  return finding === 'done' ? 'processed' : 'dead'
}
