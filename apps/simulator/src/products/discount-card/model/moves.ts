import { step } from '@shouyin/wechatpay-core/contract'
import { states } from '@shouyin/wechatpay-core/discount-card'
import type { StoredCard } from '../../../kernel/discount-card/stored.ts'
import type { World } from '../../../kernel/world.ts'

// Each is the only way from state to state and answers false when WeChat knows no such move; then nothing has changed.

/** Of an end: take `endCard`, which also tells and collects. */
export function moveCard(
  world: World,
  card: StoredCard,
  to: states.CardState,
  facts: Partial<StoredCard> = {},
): boolean {
  if (step<states.CardState>(states.cardTransitions, card.state, to).kind !== 'move') return false
  Object.assign(card, facts, { state: to })
  world.discountCards.putCard(card)
  return true
}

/** A card that owes nothing knows no such move either. */
export function movePay(world: World, card: StoredCard, to: states.PayState, facts: Partial<StoredCard> = {}): boolean {
  const { payState: from } = card
  if (from === null || step<states.PayState>(states.payTransitions, from, to).kind !== 'move') return false
  Object.assign(card, facts, { payState: to })
  world.discountCards.putCard(card)
  return true
}
