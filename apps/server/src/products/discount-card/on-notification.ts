import type { Handlers } from '../../kernel/inbox.ts'
import { onAgreementEnded, onUserAccepted, onUserPaid } from './cards/on-notice.ts'

type CardHandlers = Pick<Handlers, Extract<keyof Handlers, `discountCard.${string}`>>

/** What WeChat Pay tells about cards, verified and committed to the inbox before it comes here. */
export const onNotification: CardHandlers = {
  'discountCard.userAccepted': (ctx, { resource }) => onUserAccepted(ctx, resource),
  'discountCard.agreementEnded': (ctx, { resource }) => onAgreementEnded(ctx, resource),
  'discountCard.userPaid': (ctx, { resource }) => onUserPaid(ctx, resource),
}
