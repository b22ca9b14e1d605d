import type { plans } from '@shouyin/contracts/shopper'
import type { ShopperCtx } from '../../../kernel/context.ts'
import { queryDeduction } from '../lessons/query-deduction.ts'
import { openLessonStates } from '../states.ts'
import type { SignPlan } from '../table.ts'
import { getOwnSignPlan } from './get.ts'
import { querySignPlan } from './query.ts'
import { isLive } from './told.ts'
import { viewSignPlan } from './view.ts'

/**
 * Asks WeChat Pay what became of the plan and of the lesson that is under way: that the shopper came back from its page is
 * a reason to ask, never a signature or a payment. When WeChat Pay cannot be asked, the plan is `confirming`.
 */
export async function checkSignPlan(ctx: ShopperCtx, { id }: { id: string }): Promise<plans.SignPlan> {
  const signPlan = await getOwnSignPlan(ctx, id)
  // First, because with its last lesson the plan is complete.
  await checkOpenLesson(ctx, signPlan)
  if (isLive(signPlan) || signPlan.state === 'lapsed') await querySignPlan(ctx, signPlan)
  return viewSignPlan(ctx.db, await getOwnSignPlan(ctx, id))
}

async function checkOpenLesson(ctx: ShopperCtx, { id }: SignPlan): Promise<void> {
  const lesson = await ctx.db
    .selectFrom('lesson')
    .select(['mchid', 'out_order_no'])
    .where('sign_plan_id', '=', id)
    .where('state', 'in', openLessonStates)
    .executeTakeFirst()
  if (lesson) await queryDeduction(ctx, { mchid: lesson.mchid, outTradeNo: lesson.out_order_no })
}
