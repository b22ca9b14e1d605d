import { nextQueryAt } from '../../kernel/backoff.ts'
import type { SignPlan } from './table.ts'

export { nextQueryAt }

/** How many rows one round of a sweep takes; all of them ask WeChat Pay at once. */
export const BATCH = 10

const SIGNED_MS = 6 * 3_600_000
const PACKAGE_MS = 2 * 3_600_000
/** Somebody may have opened WeChat's page in the last moment, and it says so a little later. */
const LAPSE_GRACE_MS = 300_000

/** WeChat Pay keeps the package of a sign plan for 2 h. */
export const packageUntil = (askedAt: Date): Date => new Date(askedAt.getTime() + PACKAGE_MS)

/** From then on a plan that WeChat Pay still calls UNSIGNED will not be signed. */
export const lapsesAt = ({ package_until, created_at }: Pick<SignPlan, 'package_until' | 'created_at'>): Date =>
  new Date((package_until ?? packageUntil(created_at)).getTime() + LAPSE_GRACE_MS)

type Schedule = Pick<SignPlan, 'state' | 'stop_reason' | 'query_count' | 'package_until' | 'created_at' | 'over_at'>

/**
 * When to ask about a sign plan next. One that is signed lives for months: four times a day, for the notice that got
 * lost, and at its end. Whatever somebody waits for is asked more often.
 */
export function nextSignPlanQueryAt(signPlan: Schedule, now: Date): Date {
  const { state, stop_reason, query_count, over_at } = signPlan
  const isQuiet = state === 'signed' && stop_reason === null
  const at = isQuiet ? new Date(now.getTime() + SIGNED_MS) : nextQueryAt(query_count, now)
  const turning = state === 'unsigned' ? lapsesAt(signPlan) : isQuiet ? over_at : null
  return turning !== null && turning > now && turning < at ? turning : at
}
