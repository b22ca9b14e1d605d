import type { plans } from '@shouyin/contracts/merchant'
import type { ParsedInputOf } from '@shouyin/contracts/route'
import type { MerchantCtx } from '../../../kernel/context.ts'
import { cutPage, readCursor } from '../../../kernel/page.ts'
import { viewMerchantPlans } from './merchant-view.ts'

/** Newest first. */
export async function listMerchantPlans(
  { db }: MerchantCtx,
  { limit, after, state }: ParsedInputOf<typeof plans.listMerchantPlans>,
): Promise<{ plans: plans.MerchantPlan[]; next: string | null }> {
  const cursor = readCursor(after)
  const rows = await db
    .selectFrom('plan')
    .selectAll()
    .$if(state !== undefined, (query) => query.where('state', '=', state ?? 'on_sale'))
    .$if(cursor !== undefined, (query) => query.where('id', '<', cursor ?? ''))
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const { page, next } = cutPage(rows, limit)
  return { plans: await viewMerchantPlans(db, page), next }
}
