import type { orders } from '@shouyin/contracts/shopper'
import type { ShopperCtx } from '../../kernel/context.ts'
import { AppError } from '../../kernel/errors.ts'
import { isUuid } from './repository.ts'
import { viewOrders } from './view.ts'

/** The shopper's orders, newest first. The cursor is the id of the last one: UUIDv7 sorts by time. */
export async function listOrders(
  ctx: ShopperCtx,
  { limit, after }: { limit: number; after?: string | undefined },
): Promise<{ orders: orders.Order[]; next: string | null }> {
  if (after !== undefined && !isUuid(after)) {
    throw new AppError('INVALID_INPUT', 'use the value of "next" from the previous page', { field: 'after' })
  }
  const rows = await ctx.db
    .selectFrom('orders')
    .selectAll()
    .where('user_id', '=', ctx.actor.userId)
    .$if(after !== undefined, (query) => query.where('id', '<', after ?? ''))
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const page = rows.slice(0, limit)
  return { orders: await viewOrders(ctx.db, page), next: rows.length > limit ? (page.at(-1)?.id ?? null) : null }
}
