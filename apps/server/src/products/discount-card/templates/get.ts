import type { cards } from '@shouyin/contracts/shopper'
import type { Kysely } from 'kysely'
import type { Database } from '../../../database.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { AppError } from '../../../kernel/errors.ts'
import { isUuid } from '../../../kernel/page.ts'
import type { CardTemplate } from '../table.ts'
import { viewOffers } from './view.ts'

/** One that is, or was, on offer. @throws AppError CARD_OFFER_NOT_FOUND */
export async function findTemplate(db: Kysely<Database>, id: string): Promise<CardTemplate> {
  const query = db.selectFrom('card_template').selectAll().where('id', '=', id)
  const row = isUuid(id) ? await query.executeTakeFirst() : undefined
  if (!row) throw new AppError('CARD_OFFER_NOT_FOUND', '先享卡不存在')
  return row
}

export async function getCardOffer({ db }: Ctx, { id }: { id: string }): Promise<cards.CardOffer> {
  const [offer] = await viewOffers(db, [await findTemplate(db, id)])
  if (!offer) throw new Error(`card template ${id} has no view`)
  return offer
}
