import type { Handlers } from '../../kernel/inbox.ts'
import { onPaid } from './lessons/on-paid.ts'
import { onCancelled } from './sign-plans/on-cancelled.ts'
import { onServiceClosed } from './sign-plans/on-service-closed.ts'
import { onSigned } from './sign-plans/on-signed.ts'

type PayScoreHandlers = Pick<Handlers, Extract<keyof Handlers, `payscore.${string}`>>

/**
 * What WeChat Pay tells about plans and lessons, verified and committed to the inbox before it comes here. Nothing of
 * ours follows from an authorisation that is given, or from an order that its user confirms: ours is, with the plan.
 */
export const onNotification: PayScoreHandlers = {
  'payscore.userSignPlan': (ctx, { resource }) => onSigned(ctx, resource),
  'payscore.userCancelSignPlan': (ctx, { resource }) => onCancelled(ctx, resource),
  'payscore.userPaid': onPaid,
  'payscore.userConfirm': async () => 'processed',
  'payscore.userOpenService': async () => 'processed',
  'payscore.userCloseService': (ctx, { resource }) => onServiceClosed(ctx, resource),
}
