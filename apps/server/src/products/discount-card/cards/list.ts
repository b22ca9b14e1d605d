import type { ParsedInputOf } from '@shouyin/contracts/route'
import type { cards } from '@shouyin/contracts/shopper'
import type { ShopperCtx } from '../../../kernel/context.ts'
import { cutPage, readCursor } from '../../../kernel/page.ts'
import { viewCards } from './view.ts'

/** What the shopper took, and what became of what others took in his place; newest first. */
export async function listCards(
  ctx: ShopperCtx,
  { limit, after }: ParsedInputOf<typeof cards.listCards>,
): Promise<{ cards: cards.Card[]; next: string | null }> {
  const { db, actor } = ctx
  const cursor = readCursor(after)
  const rows = await db
    .selectFrom('card')
    .selectAll()
    .where(({ or, and, eb }) =>
      or([
        and([eb('openid', '=', actor.openid), eb('appid', '=', actor.appid)]),
        and([eb('asked_by', '=', actor.userId), eb('openid', 'is not', null)]),
      ]),
    )
    .$if(cursor !== undefined, (query) => query.where('id', '<', cursor ?? ''))
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const { page, next } = cutPage(rows, limit)
  return { cards: await viewCards(ctx, page), next }
}
