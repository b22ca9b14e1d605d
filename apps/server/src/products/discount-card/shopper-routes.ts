import { cards } from '@shouyin/contracts/shopper'
import type { Routing } from '../../kernel/http/routing.ts'
import { checkCard } from './cards/check.ts'
import { getCard } from './cards/get.ts'
import { listCards } from './cards/list.ts'
import { prepareCard } from './cards/prepare.ts'
import { getCardOffer } from './templates/get.ts'
import { listCardOffers } from './templates/list.ts'

/** Anybody may look at what is on offer; who takes a card has a session. */
const { listCardOffers: list, getCardOffer: get, ...taken } = cards

/** What shoppers do with cards. */
export function mountForShoppers(routing: Routing): void {
  routing.open({ listCardOffers: list, getCardOffer: get }, { listCardOffers, getCardOffer })
  routing.shopper(taken, { prepareCard, listCards, getCard, checkCard })
}
