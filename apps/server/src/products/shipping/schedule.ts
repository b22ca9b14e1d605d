const FIRST_MS = 60_000
const MAX_MS = 6 * 3_600_000
const DAY_MS = 86_400_000

/** After this many days WeChat's "no such payment" is believed: the 商户号 is not managed by this mini-program. */
const UNKNOWN_FOR_DAYS = 7

/** A payment may be known a minute later: 1, 2, 4 … minutes, at most 6 hours. */
export const nextAttemptAt = (attempts: number, now: Date): Date =>
  new Date(now.getTime() + Math.min(MAX_MS, FIRST_MS * 2 ** Math.min(attempts, 16)))

export const isOverdue = (fulfilledAt: Date, now: Date): boolean =>
  now.getTime() - fulfilledAt.getTime() > UNKNOWN_FOR_DAYS * DAY_MS
