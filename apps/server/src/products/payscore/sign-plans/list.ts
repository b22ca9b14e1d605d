import type { ParsedInputOf } from '@shouyin/contracts/route'
import type { plans } from '@shouyin/contracts/shopper'
import type { ShopperCtx } from '../../../kernel/context.ts'
import { cutPage, readCursor } from '../../../kernel/page.ts'
import { viewSignPlans } from './view.ts'

/** What the shopper has ever signed, newest first. */
export async function listSignPlans(
  { db, actor }: ShopperCtx,
  { limit, after }: ParsedInputOf<typeof plans.listSignPlans>,
): Promise<{ signPlans: plans.SignPlan[]; next: string | null }> {
  const cursor = readCursor(after)
  const rows = await db
    .selectFrom('sign_plan')
    .selectAll()
    .where('user_id', '=', actor.userId)
    .where('signed_at', 'is not', null)
    .$if(cursor !== undefined, (query) => query.where('id', '<', cursor ?? ''))
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const { page, next } = cutPage(rows, limit)
  return { signPlans: await viewSignPlans(db, page), next }
}
