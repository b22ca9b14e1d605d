import { cards } from '@shouyin/contracts/shopper'
import { api } from './api.ts'

const byId = new Map<string, cards.CardOffer>()

/** An offer as the server last showed it, for as long as the app lives. */
export const offerSeen = (id: string): cards.CardOffer | undefined => byId.get(id)

const remember = (offer: cards.CardOffer): void => void byId.set(offer.id, offer)

export async function loadOffer(id: string): Promise<cards.CardOffer> {
  const offer = await api.call(cards.getCardOffer, { id })
  remember(offer)
  return offer
}

export async function loadOffers(): Promise<cards.CardOffer[]> {
  const { offers } = await api.call(cards.listCardOffers, {})
  offers.forEach(remember)
  return offers
}
