import type { ShopperCtx } from '../../../kernel/context.ts'
import { AppError } from '../../../kernel/errors.ts'
import { isUuid } from '../../../kernel/page.ts'
import type { Card } from '../table.ts'

/** Whose card it is, by who took it; not by who asked for it. */
export const isHeldBy = (
  { openid, appid }: Pick<Card, 'openid' | 'appid'>,
  actor: { readonly openid: string; readonly appid: string },
): boolean => openid === actor.openid && appid === actor.appid

/** One that the shopper took or asked for. @throws AppError CARD_NOT_FOUND, for somebody else's card as for none */
export async function getOwnCard({ db, actor }: ShopperCtx, id: string): Promise<Card> {
  const query = db.selectFrom('card').selectAll().where('id', '=', id)
  const row = isUuid(id) ? await query.executeTakeFirst() : undefined
  if (!row || (row.asked_by !== actor.userId && !isHeldBy(row, actor))) {
    throw new AppError('CARD_NOT_FOUND', '先享卡不存在')
  }
  return row
}
