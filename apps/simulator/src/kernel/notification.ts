import { formatShanghai } from '@shouyin/wechatpay-core/contract'

export interface Attempt {
  readonly at: string
  readonly status: number | null
  readonly error: string | null
  readonly durationMs: number
  /** Under which the delivery was signed. */
  readonly serial: string | null
  readonly fault: string | null
}

/** One notification until it is accepted or given up; times in milliseconds of business time. */
export interface StoredNotification {
  readonly id: string
  readonly mchid: string
  readonly eventType: string
  readonly originalType: string
  readonly summary: string
  readonly ladderSeconds: readonly number[]
  readonly outTradeNo: string | null
  readonly outRefundNo: string | null
  /** V2: XML, for refunds that were made without a notify_url. */
  readonly format: 'v3' | 'v2'
  readonly url: string
  readonly plaintext: string
  readonly namesPublicKey: boolean
  readonly createdAtMs: number
  state: 'pending' | 'delivered' | 'exhausted' | 'lost'
  nextAttemptMs: number | null
  /** Failed sends on the ladder; re-sends by hand do not count. */
  failures: number
  readonly attempts: Attempt[]
}

const ATTEMPTS_KEPT_MAX = 200

/** 200 and 204 count, whatever the body. */
export const isAccepted = ({ status }: Attempt) => status === 200 || status === 204

export function record(notification: StoredNotification, attempt: Attempt): void {
  notification.attempts.push(attempt)
  if (notification.attempts.length > ATTEMPTS_KEPT_MAX) notification.attempts.shift()
}

/** What `/_sim/notifications` shows. */
export function describeNotification(notification: StoredNotification) {
  const { id, eventType, outTradeNo, url, state, nextAttemptMs, attempts } = notification
  const nextAttemptAt = nextAttemptMs === null ? null : formatShanghai(new Date(nextAttemptMs))
  return { id, eventType, outTradeNo, url, state, nextAttemptAt, attempts: [...attempts] }
}
