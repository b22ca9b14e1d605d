import { WechatPayError } from '@shouyin/wechatpay-core'
import { endpoints } from '@shouyin/wechatpay-core/payscore'
import type { Ctx } from '../../../kernel/context.ts'
import { failureOf } from '../../../kernel/refusal.ts'
import type { Lesson } from '../table.ts'
import { applyServiceOrder, type Finding } from './apply-service-order.ts'

/** `absent`: WeChat Pay knows no such order. That answer is unsigned, so it only means that it may be sent again. */
export type Answer = Finding | 'absent'

/** 查询支付分订单. Applies a signed answer about this very order; anything else leaves the lesson as it is. */
export async function queryLesson(ctx: Ctx, lesson: Lesson): Promise<Answer> {
  const { mchid, out_order_no } = lesson
  const { appid, service_id } = await ctx.db
    .selectFrom('sign_plan')
    .select(['appid', 'service_id'])
    .where('id', '=', lesson.sign_plan_id)
    .executeTakeFirstOrThrow()
  try {
    const order = await ctx
      .wechat(mchid)
      .call(endpoints.queryServiceOrder, { query: { appid, service_id, out_order_no } })
    if (order.out_order_no === out_order_no) return await applyServiceOrder(ctx, { order, proof: 'query' })
    // Rightly signed, but about another order: a signature does not name its question.
    ctx.alarm('answer_to_another_question', { mchid, outTradeNo: out_order_no, answered: order.out_order_no })
    return 'unknown'
  } catch (error) {
    if (!(error instanceof WechatPayError)) throw error
    if (error.status === 404 && error.apiCode === 'ORDER_NOT_EXIST') return 'absent'
    ctx.log.warn({ outTradeNo: out_order_no, ...failureOf(error) }, 'query unanswered')
    return 'unknown'
  }
}
