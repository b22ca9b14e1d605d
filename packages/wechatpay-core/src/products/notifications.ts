import * as discountCard from './discount-card/notifications.ts'
import { transactionSuccess } from './payments/notifications.ts'
import * as payscore from './payscore/notifications.ts'
import * as refunds from './refunds/notifications.ts'

/** Every notification that this version can open. */
export const allNotifications = [
  transactionSuccess,
  refunds.success,
  refunds.abnormal,
  refunds.closed,
  payscore.userSignPlan,
  payscore.userCancelSignPlan,
  payscore.userPaid,
  payscore.userConfirm,
  payscore.userOpenService,
  payscore.userCloseService,
  discountCard.userAccepted,
  discountCard.agreementEnded,
  discountCard.userPaid,
] as const
