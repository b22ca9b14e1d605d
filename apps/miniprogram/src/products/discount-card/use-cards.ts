import { cards } from '@shouyin/contracts/shopper'
import { RequestFailed } from '../../shared/request-failed.ts'
import { type Loading, useLoad } from '../../shared/use-load.ts'
import { api } from './api.ts'
import type { HeldCard } from './card-of.ts'
import { cardSeen, rememberCards } from './cards-seen.ts'
import { takesInDoubt } from './takes-in-doubt.ts'

/** One card of a kind at a time, each for days: nobody has more that still matter. */
const SHOWN_MAX = 50

/** What was taken when the app was ended is a card too: WeChat is asked about it first. */
async function settleDoubts(): Promise<void> {
  await Promise.all(takesInDoubt.all().map(settleDoubt))
}
async function settleDoubt(id: string): Promise<void> {
  try {
    const { confirming } = await api.call(cards.checkCard, { id })
    if (!confirming) takesInDoubt.settle(id)
  } catch (error) {
    if (error instanceof RequestFailed && error.code === 'CARD_NOT_FOUND') takesInDoubt.settle(id)
  }
}

async function fetchCards(): Promise<HeldCard[]> {
  await settleDoubts()
  const { cards: held } = await api.call(cards.listCards, { limit: SHOWN_MAX })
  rememberCards(...held)
  return held
}

/** The shopper's cards, newest first, and whether one may be taken that is not among them. */
export function useCards(): { held: Loading<HeldCard[]>; list: HeldCard[]; isUnsure: boolean } {
  const held = useLoad(fetchCards)
  return {
    held,
    list: (held.value ?? []).map((card) => cardSeen(card.id) ?? card),
    isUnsure: takesInDoubt.all().length > 0,
  }
}
