import type { cards } from '@shouyin/contracts/merchant'
import type { MerchantCtx } from '../../../kernel/context.ts'
import { AppError } from '../../../kernel/errors.ts'
import { isUuid } from '../../../kernel/page.ts'
import { findChargeByNumber } from '../../../ledger/repository.ts'
import type { Card } from '../table.ts'
import { viewMerchantCard } from './merchant-view.ts'

/**
 * Anybody's card.
 * @param id its id, its 商户领卡号, WeChat's card_id, or the 微信订单号 of what was collected for it
 * @throws AppError CARD_NOT_FOUND
 */
export async function findAnyCard(ctx: MerchantCtx, id: string): Promise<Card> {
  const cards = ctx.db.selectFrom('card').selectAll()
  const row = await (isUuid(id) ? cards.where('id', '=', id).executeTakeFirst() : findByNumber(ctx, id))
  if (!row) {
    throw new AppError('CARD_NOT_FOUND', 'no card has this id, 商户领卡号, card_id or 微信订单号', { field: 'id' })
  }
  return row
}

async function findByNumber({ db, config: { mchid } }: MerchantCtx, number: string): Promise<Card | undefined> {
  const card = await db
    .selectFrom('card')
    .selectAll()
    .where('mchid', '=', mchid)
    .where(({ or, eb }) => or([eb('out_card_code', '=', number), eb('card_id', '=', number)]))
    .executeTakeFirst()
  const charge = card ? undefined : await findChargeByNumber(db, { mchid, number })
  if (charge?.purpose !== 'card') return card
  return db.selectFrom('card').selectAll().where('id', '=', charge.subject_id).executeTakeFirst()
}

export async function getMerchantCard(ctx: MerchantCtx, { id }: { id: string }): Promise<cards.MerchantCard> {
  return viewMerchantCard(ctx.db, await findAnyCard(ctx, id))
}
