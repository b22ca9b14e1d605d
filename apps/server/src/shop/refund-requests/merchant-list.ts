import type { refundRequests } from '@shouyin/contracts/merchant'
import type { ParsedInputOf } from '@shouyin/contracts/route'
import type { MerchantCtx } from '../../kernel/context.ts'
import { cutPage, readCursor } from '../../kernel/page.ts'
import { viewForMerchant } from './view.ts'

/** What shoppers asked for, newest first. */
export async function listRefundRequests(
  { db }: MerchantCtx,
  { limit, after, state }: ParsedInputOf<typeof refundRequests.listRefundRequests>,
): Promise<{ requests: refundRequests.RefundRequest[]; next: string | null }> {
  const cursor = readCursor(after)
  const rows = await db
    .selectFrom('refund_request')
    .selectAll()
    .$if(state !== undefined, (query) => query.where('state', '=', state ?? 'requested'))
    .$if(cursor !== undefined, (query) => query.where('id', '<', cursor ?? ''))
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const { page, next } = cutPage(rows, limit)
  return { requests: page.map(viewForMerchant), next }
}
