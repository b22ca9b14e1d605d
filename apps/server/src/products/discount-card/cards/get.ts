import type { cards } from '@shouyin/contracts/shopper'
import type { ShopperCtx } from '../../../kernel/context.ts'
import { getOwnCard } from './own.ts'
import { viewCard } from './view.ts'

/** @throws AppError CARD_NOT_FOUND */
export async function getCard(ctx: ShopperCtx, { id }: { id: string }): Promise<cards.Card> {
  return viewCard(ctx, await getOwnCard(ctx, id))
}
