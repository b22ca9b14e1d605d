import type { plans } from '@shouyin/contracts/merchant'
import type { ParsedInputOf } from '@shouyin/contracts/route'
import type { MerchantCtx } from '../../../kernel/context.ts'
import { cutPage, readCursor } from '../../../kernel/page.ts'
import { findAnyPlan } from '../plans/merchant-get.ts'
import { viewMerchantSignPlans } from './merchant-view.ts'

/** Who signed a plan, and who was about to, newest first. @throws AppError PLAN_NOT_FOUND */
export async function listSigners(
  ctx: MerchantCtx,
  { id, limit, after }: ParsedInputOf<typeof plans.listSigners>,
): Promise<{ signPlans: plans.MerchantSignPlan[]; next: string | null }> {
  const cursor = readCursor(after)
  const plan = await findAnyPlan(ctx, id)
  const rows = await ctx.db
    .selectFrom('sign_plan')
    .selectAll()
    .where('plan_id', '=', plan.id)
    .$if(cursor !== undefined, (query) => query.where('id', '<', cursor ?? ''))
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const { page, next } = cutPage(rows, limit)
  return { signPlans: await viewMerchantSignPlans(ctx.db, page), next }
}
