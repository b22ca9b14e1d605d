import type { Handlers } from '../../kernel/inbox.ts'
import { applyCard } from './cards/apply-card.ts'
import { onAgreementEnded, onUserPaid } from './cards/on-ended.ts'

type CardHandlers = Pick<Handlers, Extract<keyof Handlers, `discountCard.${string}`>>

/** What WeChat Pay tells about cards, verified and committed to the inbox before it comes here. */
export const onNotification: CardHandlers = {
  'discountCard.userAccepted': async (ctx, { resource }) =>
    (await applyCard(ctx, { said: resource, proof: 'notification' })).kind === 'refused' ? 'dead' : 'processed',
  'discountCard.agreementEnded': (ctx, { resource }) => onAgreementEnded(ctx, resource),
  'discountCard.userPaid': (ctx, { resource }) => onUserPaid(ctx, resource),
}
