import type * as v from 'valibot'
import type { Schema } from './endpoint.ts'

/** Seconds between one failed delivery and the next; its length is the number of re-sends. */
export type RetryLadder = readonly number[]

/** Payments and refunds: 15 re-sends within 24 h 4 min (支付通知API, 通知频率). */
export const PAYMENT_LADDER: RetryLadder = [
  15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600, 10800, 10800, 10800, 21600, 21600,
]

/**
 * Pay Score and discount cards: 9 re-sends within 3 h 4 min, which the guides call 4小时; so say pages from 2020 to 2025. The
 * page of 2020 on authorisation goes on hourly for 3 days, a hand-kept copy says 24 h 4 min: nobody may wait for a notice.
 * @see https://pay.weixin.qq.com/doc/v3/partner/4012155296
 */
export const PAY_SCORE_LADDER: RetryLadder = [15, 15, 30, 180, 1800, 1800, 1800, 1800, 3600]

/** Signing and cancelling a plan: every minute, 11 times. */
export const SIGN_LADDER: RetryLadder = Array(11).fill(60)

/** One kind of notification (回调通知), described once: the server opens it, the simulator sends it. */
export interface Notification<Id extends string = string, Resource extends Schema = Schema> {
  /** Our name; becomes `kind` of what `open` returns. */
  readonly id: Id
  readonly eventType: string
  readonly originalType: string
  readonly summary: string
  readonly ladder: RetryLadder
  /** Tells apart shapes that share an event type, by top-level members of the plaintext. */
  readonly when?: { readonly has?: readonly string[]; readonly lacks?: readonly string[] }
  readonly resource: Resource
  readonly doc: string
}

export type ResourceOf<N> = N extends Notification<string, infer R> ? v.InferOutput<R> : never

export function defineNotification<const Id extends string, Resource extends Schema>(
  notification: Notification<Id, Resource>,
): Notification<Id, Resource> {
  return notification
}

/** The declaration whose event type and shape fit this plaintext, if any. An empty text is a member that is not set. */
export function matchNotification<N extends Notification>(
  declared: readonly N[],
  eventType: string,
  plaintext: unknown,
): N | undefined {
  if (typeof plaintext !== 'object' || plaintext === null) return undefined
  const members = new Map<string, unknown>(Object.entries(plaintext))
  const isSet = (key: string) => (members.get(key) ?? '') !== ''
  return declared.find(
    (n) => n.eventType === eventType && (n.when?.has ?? []).every(isSet) && !(n.when?.lacks ?? []).some(isSet),
  )
}
