import type { Phone } from './miniprogram.ts'

/** Pages of discount cards. */
export const OFFER = 'products/discount-card/pages/offer/index'
export const CARD_PAGE = 'products/discount-card/pages/card/index'
export const CARDS = 'products/discount-card/pages/cards/index'

/** From the offer through WeChat's own page to the card. */
export async function takeCard(phone: Phone): Promise<void> {
  await phone.tap('#take')
  await phone.tap('#jump-allow')
  await phone.tap('#visit-take')
  await phone.arrives(CARD_PAGE)
  await phone.sees('#card-status', '进行中')
}
