import type { StoredCard } from '../../../kernel/discount-card/stored.ts'
import type { Caller } from '../../../kernel/handler.ts'
import { broken, type CardRefuse, refusal } from './refusals.ts'

/** The merchant's own card of that number. GUESS: while nobody has taken it there is none. */
export function findCard(
  { world, merchant }: Caller,
  { out_card_code: number }: { readonly out_card_code: string },
  refuse: CardRefuse,
): StoredCard {
  const card = world.discountCards.card(merchant.mchid, number)
  if (card) return card
  const prepared = world.discountCards.preparation(merchant.mchid, number)
  const issue = prepared ? 'was prepared, and nobody has taken it' : 'was never prepared'
  throw refusal(broken('CARD_UNKNOWN', 'out_card_code', number, issue), refuse)
}
