import type { refunds } from '@shouyin/contracts/merchant'
import type { ParsedInputOf } from '@shouyin/contracts/route'
import type { MerchantCtx } from '../../kernel/context.ts'
import { cutPage, readCursor } from '../../kernel/page.ts'
import { viewRefunds } from './view.ts'

/** Newest first. */
export async function listRefunds(
  { db }: MerchantCtx,
  { limit, after, state }: ParsedInputOf<typeof refunds.listRefunds>,
): Promise<{ refunds: refunds.Refund[]; next: string | null }> {
  const cursor = readCursor(after)
  const rows = await db
    .selectFrom('refund')
    .selectAll()
    .$if(state !== undefined, (query) => query.where('state', '=', state ?? 'waiting'))
    .$if(cursor !== undefined, (query) => query.where('id', '<', cursor ?? ''))
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const { page, next } = cutPage(rows, limit)
  return { refunds: await viewRefunds(db, page), next }
}
