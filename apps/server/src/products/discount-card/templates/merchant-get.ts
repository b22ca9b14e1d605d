import type { cards } from '@shouyin/contracts/merchant'
import type { MerchantCtx } from '../../../kernel/context.ts'
import { AppError } from '../../../kernel/errors.ts'
import { isUuid } from '../../../kernel/page.ts'
import type { CardTemplate } from '../table.ts'
import { viewTemplate } from './merchant-view.ts'

/** @param id its id or the card_template_id of WeChat Pay @throws AppError CARD_TEMPLATE_NOT_FOUND */
export async function findAnyTemplate({ db, config }: MerchantCtx, id: string): Promise<CardTemplate> {
  const templates = db.selectFrom('card_template').selectAll()
  const row = await (isUuid(id)
    ? templates.where('id', '=', id)
    : templates.where('mchid', '=', config.mchid).where('card_template_id', '=', id)
  ).executeTakeFirst()
  if (!row) {
    throw new AppError('CARD_TEMPLATE_NOT_FOUND', 'no card template has this id or card_template_id', { field: 'id' })
  }
  return row
}

export async function getCardTemplate(ctx: MerchantCtx, { id }: { id: string }): Promise<cards.CardTemplate> {
  return viewTemplate(ctx.db, (await findAnyTemplate(ctx, id)).id)
}
