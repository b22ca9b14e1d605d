import type { schema, states } from '@shouyin/wechatpay-core/refunds'
import type { Ctx } from '../../kernel/context.ts'
import type { Handled, Handlers } from '../../kernel/inbox.ts'
import { applyEvidence } from './apply-evidence.ts'
import { ofNotification } from './evidence.ts'

type RefundHandlers = Pick<Handlers, 'refunds.success' | 'refunds.abnormal' | 'refunds.closed'>

/**
 * 退款结果通知, verified and committed to the inbox before it comes here. However often and in whatever order it comes,
 * also before the answer to 退款申请, it has its effect once; what contradicts our own record has none.
 */
export const onNotification: RefundHandlers = {
  'refunds.success': (ctx, { resource }) => apply(ctx, resource, 'SUCCESS'),
  'refunds.abnormal': (ctx, { resource }) => apply(ctx, resource, 'ABNORMAL'),
  'refunds.closed': (ctx, { resource }) => apply(ctx, resource, 'CLOSED'),
}

async function apply(ctx: Ctx, resource: schema.NotifiedRefund, announced: states.RefundStatus): Promise<Handled> {
  const evidence = ofNotification(resource)
  if (evidence?.status !== announced) {
    const { mchid, out_refund_no: outRefundNo, refund_status: status } = resource
    ctx.alarm('notification_contradicts_itself', { mchid, outRefundNo, status, expected: announced })
    return 'dead'
  }
  const applied = await applyEvidence(ctx, evidence)
  if (applied.kind !== 'too_early') return applied.kind === 'refused' ? 'dead' : 'processed'
  // Its payment is due now; the inbox brings this notification again.
  ctx.wake()
  throw new Error('a refund of a payment that is not settled yet')
}
