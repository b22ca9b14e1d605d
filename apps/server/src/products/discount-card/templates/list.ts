import type { cards } from '@shouyin/contracts/shopper'
import type { Ctx } from '../../../kernel/context.ts'
import { viewOffers } from './view.ts'

/** Everything that may be taken, newest first. */
export async function listCardOffers({ db }: Ctx): Promise<{ offers: cards.CardOffer[] }> {
  const rows = await db
    .selectFrom('card_template')
    .selectAll()
    .where('state', '=', 'on_offer')
    .orderBy('id', 'desc')
    .execute()
  return { offers: await viewOffers(db, rows) }
}
