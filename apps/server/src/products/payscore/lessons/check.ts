import type { lessons } from '@shouyin/contracts/merchant'
import type { MerchantCtx } from '../../../kernel/context.ts'
import type { Lesson } from '../table.ts'
import { findAnyLesson, readLesson } from './find.ts'
import { viewMerchantLesson } from './merchant-view.ts'
import { queryDeduction } from './query-deduction.ts'

/** Asks WeChat Pay what became of a lesson. When it cannot be asked, the lesson is shown as we know it. */
export async function checkLesson(ctx: MerchantCtx, input: { id: string }): Promise<lessons.MerchantLesson> {
  const lesson = await findAnyLesson(ctx, input.id)
  if (wasTaken(lesson)) await queryDeduction(ctx, { mchid: lesson.mchid, outTradeNo: lesson.out_order_no })
  return viewMerchantLesson(ctx.db, await readLesson(ctx.db, lesson.id))
}

/** WeChat Pay may know of it. */
export const wasTaken = ({ state }: Lesson): boolean => state !== 'unused'
