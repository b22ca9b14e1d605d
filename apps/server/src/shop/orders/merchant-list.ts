import type { orders } from '@shouyin/contracts/merchant'
import type { ParsedInputOf } from '@shouyin/contracts/route'
import type { MerchantCtx } from '../../kernel/context.ts'
import { cutPage, readCursor } from '../../kernel/page.ts'
import { viewMerchantOrders } from './merchant-view.ts'

/** Orders of everybody, newest first. */
export async function listMerchantOrders(
  { db }: MerchantCtx,
  { limit, after, status }: ParsedInputOf<typeof orders.listMerchantOrders>,
): Promise<{ orders: orders.MerchantOrder[]; next: string | null }> {
  const cursor = readCursor(after)
  const rows = await db
    .selectFrom('orders')
    .selectAll()
    .$if(status !== undefined, (query) => query.where('state', '=', status ?? 'pending'))
    .$if(cursor !== undefined, (query) => query.where('id', '<', cursor ?? ''))
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const { page, next } = cutPage(rows, limit)
  return { orders: await viewMerchantOrders(db, page), next }
}
