import { WechatPayError } from '@shouyin/wechatpay-core'
import { formatCompact } from '@shouyin/wechatpay-core/contract'
import { endpoints } from '@shouyin/wechatpay-core/payscore'
import type { Ctx } from '../../../kernel/context.ts'
import { failureOf } from '../../../kernel/refusal.ts'
import type { Lesson } from '../table.ts'
import { type Answer, queryLesson } from './query.ts'

/**
 * 同步服务订单信息: the lesson was paid another way. Sent until WeChat Pay agrees, always with the same time; where the
 * deduction was faster, that goes back by itself.
 * @returns what WeChat Pay said last
 */
export async function syncLesson(ctx: Ctx, lesson: Lesson): Promise<Answer> {
  const { appid, service_id } = await ctx.db
    .selectFrom('sign_plan')
    .select(['appid', 'service_id'])
    .where('id', '=', lesson.sign_plan_id)
    .executeTakeFirstOrThrow()
  const { mchid, out_order_no } = lesson
  const paid_time = formatCompact(lesson.sync_paid_at ?? ctx.clock.now())
  const body = { appid, service_id, type: 'Order_Paid' as const, detail: { paid_time } }
  try {
    await ctx.wechat(mchid).call(endpoints.syncServiceOrder, { path: { out_order_no }, body })
  } catch (error) {
    if (!(error instanceof WechatPayError)) throw error
    ctx.log.warn({ outTradeNo: out_order_no, ...failureOf(error) }, 'WeChat Pay did not hear that a lesson is paid')
  }
  return queryLesson(ctx, lesson)
}
