import type { lessons } from '@shouyin/contracts/merchant'
import type { MerchantCtx } from '../../../kernel/context.ts'
import { findAnyLesson, readLesson } from './find.ts'
import { viewMerchantLesson } from './merchant-view.ts'
import { queryDeduction } from './query-deduction.ts'

/** Asks WeChat Pay what became of a lesson. When it cannot be asked, the lesson is shown as we know it. */
export async function checkLesson(ctx: MerchantCtx, input: { id: string }): Promise<lessons.MerchantLesson> {
  const lesson = await findAnyLesson(ctx, input.id)
  const { mchid, out_order_no: outTradeNo } = lesson
  if (lesson.state !== 'unused') await queryDeduction(ctx, { mchid, outTradeNo })
  return viewMerchantLesson(ctx.db, await readLesson(ctx.db, lesson.id))
}
