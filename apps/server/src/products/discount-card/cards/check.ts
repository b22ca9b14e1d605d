import type { cards } from '@shouyin/contracts/shopper'
import type { ShopperCtx } from '../../../kernel/context.ts'
import { getOwnCard } from './own.ts'
import { queryCharge } from './query-charge.ts'
import { viewCard } from './view.ts'

/**
 * Asks WeChat Pay what became of the card: that the shopper came back from its page is a reason to ask, and says nothing.
 * When WeChat Pay cannot be asked, the card is `confirming`.
 * @throws AppError CARD_NOT_FOUND
 */
export async function checkCard(ctx: ShopperCtx, { id }: { id: string }): Promise<cards.Card> {
  const { state, mchid, out_card_code: outTradeNo } = await getOwnCard(ctx, id)
  if (state !== 'finished' && state !== 'paid') await queryCharge(ctx, { mchid, outTradeNo })
  return viewCard(ctx, await getOwnCard(ctx, id))
}
