import type { Handlers } from '../../kernel/inbox.ts'
import { onPaid } from './lessons/on-paid.ts'

type PayScoreHandlers = Pick<Handlers, Extract<keyof Handlers, `payscore.${string}`>>

/**
 * What WeChat Pay tells about plans and lessons, verified and committed to the inbox before it comes here. An ordinary
 * service order is confirmed by its user, ours with the plan; an authorisation that is given changes nothing of ours.
 */
export const onNotification: PayScoreHandlers = {
  'payscore.userSignPlan': async () => 'processed',
  'payscore.userCancelSignPlan': async () => 'processed',
  'payscore.userPaid': onPaid,
  'payscore.userConfirm': async () => 'processed',
  'payscore.userOpenService': async () => 'processed',
  'payscore.userCloseService': async () => 'processed',
}
