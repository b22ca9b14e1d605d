import type { Handlers } from '../../kernel/inbox.ts'

type CardHandlers = Pick<Handlers, Extract<keyof Handlers, `discountCard.${string}`>>

/** To be written by the owner of the cards. */
export const onNotification: CardHandlers = {
  'discountCard.userAccepted': async () => 'dead',
  'discountCard.agreementEnded': async () => 'dead',
  'discountCard.userPaid': async () => 'dead',
}
