import type { uses } from '@shouyin/contracts/merchant'
import type { MerchantCtx } from '../../kernel/context.ts'
import { findAnyOrder } from '../orders/merchant-get.ts'
import { viewUse } from './view.ts'

/** What of one order was used, in the order of time, also what was undone. */
export async function listUses(ctx: MerchantCtx, { id }: { id: string }): Promise<{ uses: uses.Use[] }> {
  const order = await findAnyOrder(ctx, id)
  const rows = await ctx.db
    .selectFrom('service_use')
    .selectAll()
    .where('order_id', '=', order.id)
    .orderBy('id')
    .execute()
  return { uses: rows.map(viewUse) }
}
