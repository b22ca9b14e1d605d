import type { orders } from '@shouyin/contracts/shopper'
import type { ShopperCtx } from '../../kernel/context.ts'
import { cutPage, readCursor } from '../../kernel/page.ts'
import { viewOrders } from './view.ts'

/** The shopper's orders, newest first. The cursor is the id of the last one: UUIDv7 sorts by time. */
export async function listOrders(
  ctx: ShopperCtx,
  { limit, after }: { limit: number; after?: string | undefined },
): Promise<{ orders: orders.Order[]; next: string | null }> {
  const cursor = readCursor(after)
  const rows = await ctx.db
    .selectFrom('orders')
    .selectAll()
    .where('user_id', '=', ctx.actor.userId)
    .$if(cursor !== undefined, (query) => query.where('id', '<', cursor ?? ''))
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const { page, next } = cutPage(rows, limit)
  return { orders: await viewOrders(ctx.db, page), next }
}
