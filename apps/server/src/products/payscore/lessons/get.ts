import type { lessons } from '@shouyin/contracts/merchant'
import type { MerchantCtx } from '../../../kernel/context.ts'
import { findAnyLesson } from './find.ts'
import { viewMerchantLesson } from './merchant-view.ts'

/** @throws AppError LESSON_NOT_FOUND */
export async function getLesson(ctx: MerchantCtx, { id }: { id: string }): Promise<lessons.MerchantLesson> {
  return viewMerchantLesson(ctx.db, await findAnyLesson(ctx, id))
}
