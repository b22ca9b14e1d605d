import type { lessons } from '@shouyin/contracts/merchant'
import type { Ctx, MerchantCtx } from '../../../kernel/context.ts'
import { openLessonStates } from '../states.ts'
import type { Lesson } from '../table.ts'
import { findAnyLesson, readLesson } from './find.ts'
import { viewMerchantLesson } from './merchant-view.ts'
import { queryDeduction } from './query-deduction.ts'

/** Asks WeChat Pay what became of a lesson. When it cannot be asked, the lesson is shown as we know it. */
export async function checkLesson(ctx: MerchantCtx, input: { id: string }): Promise<lessons.MerchantLesson> {
  const lesson = await findAnyLesson(ctx, input.id)
  if (lesson.state !== 'unused') await ask(ctx, lesson)
  return viewMerchantLesson(ctx.db, await readLesson(ctx.db, lesson.id))
}

/** Asks about the lesson of a signed plan that is under way, if there is one. */
export async function checkOpenLesson(ctx: Ctx, signPlanId: string): Promise<void> {
  const open = await ctx.db
    .selectFrom('lesson')
    .selectAll()
    .where('sign_plan_id', '=', signPlanId)
    .where('state', 'in', openLessonStates)
    .executeTakeFirst()
  if (open) await ask(ctx, open)
}

const ask = (ctx: Ctx, { mchid, out_order_no }: Lesson) => queryDeduction(ctx, { mchid, outTradeNo: out_order_no })
