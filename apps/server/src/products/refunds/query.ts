import { WechatPayError } from '@shouyin/wechatpay-core'
import { endpoints } from '@shouyin/wechatpay-core/refunds'
import type { Ctx } from '../../kernel/context.ts'
import { applyAnswer, type NumberedRefund } from './apply-evidence.ts'

/** `absent`: WeChat Pay never accepted it. That answer is unsigned, so it only means that it may be sent again. */
export type Answer = 'applied' | 'absent' | 'unknown'

/** 查询单笔退款. Applies a signed answer about this very refund; anything else leaves it as it is, to be asked for again. */
export async function queryRefund(ctx: Ctx, refund: NumberedRefund): Promise<Answer> {
  const { mchid, out_refund_no } = refund
  try {
    const answer = await ctx.wechat(mchid).call(endpoints.query, { path: { out_refund_no } })
    return (await applyAnswer(ctx, refund, answer)) ? 'applied' : 'unknown'
  } catch (error) {
    if (!(error instanceof WechatPayError)) throw error
    const { code, status, apiCode, requestId } = error
    if (status === 404 && apiCode === 'RESOURCE_NOT_EXISTS') return 'absent'
    ctx.log.warn({ outRefundNo: out_refund_no, code, status, apiCode, wechatRequestId: requestId }, 'query unanswered')
    return 'unknown'
  }
}
