import type { cards } from '@shouyin/contracts/merchant'
import type { MerchantCtx } from '../../../kernel/context.ts'
import { readCard } from '../repository.ts'
import { findAnyCard } from './merchant-get.ts'
import { viewMerchantCard } from './merchant-view.ts'
import { queryCharge } from './query-charge.ts'
import { tellNow } from './tell-now.ts'

/**
 * Asks WeChat Pay about a card, and tells it what it was not told yet. When it cannot be asked, the card is shown as we
 * know it.
 * @throws AppError CARD_NOT_FOUND
 */
export async function checkMerchantCard(ctx: MerchantCtx, input: { id: string }): Promise<cards.MerchantCard> {
  const { id, mchid, out_card_code: outTradeNo } = await findAnyCard(ctx, input.id)
  await queryCharge(ctx, { mchid, outTradeNo })
  await tellNow(ctx, id)
  return viewMerchantCard(ctx.db, await readCard(ctx.db, id))
}
