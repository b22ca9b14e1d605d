import { transactionSuccess } from './payments/notifications.ts'

/** Every notification that this version can open. */
export const allNotifications = [transactionSuccess] as const
