import type { cards } from '@shouyin/contracts/merchant'
import type { ParsedInputOf } from '@shouyin/contracts/route'
import type { MerchantCtx } from '../../../kernel/context.ts'
import { cutPage, readCursor } from '../../../kernel/page.ts'
import { viewTemplates } from './merchant-view.ts'

/** Newest first. */
export async function listCardTemplates(
  { db }: MerchantCtx,
  { limit, after, state }: ParsedInputOf<typeof cards.listCardTemplates>,
): Promise<{ templates: cards.CardTemplate[]; next: string | null }> {
  const cursor = readCursor(after)
  const rows = await db
    .selectFrom('card_template')
    .selectAll()
    .$if(state !== undefined, (query) => query.where('state', '=', state ?? 'on_offer'))
    .$if(cursor !== undefined, (query) => query.where('id', '<', cursor ?? ''))
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const { page, next } = cutPage(rows, limit)
  return { templates: await viewTemplates(db, page), next }
}
