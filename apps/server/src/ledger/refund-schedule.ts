import type { RefundState } from './states.ts'
import type { Refund } from './table.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const DAY_MS = 86_400_000

const UNSENT = { firstMs: 10_000, mostMs: 10 * MINUTE_MS }
const BALANCE_LOW = { firstMs: MINUTE_MS, mostMs: HOUR_MS }
/** Somebody has to change something before it can go; now and then it is tried all the same. */
const REFUSED = { firstMs: HOUR_MS, mostMs: 6 * HOUR_MS }
/** 零钱 is back within minutes, a bank card takes one to three days. */
const PROCESSING_MS = [MINUTE_MS, 5 * MINUTE_MS, 30 * MINUTE_MS, 2 * HOUR_MS, 6 * HOUR_MS] as const

type Schedule = Pick<Refund, 'state' | 'problem' | 'query_count'>

/**
 * When a refund is looked at next. There is no last time: what WeChat Pay has accepted is asked for until it is final,
 * what it refused is sent again.
 */
export function nextRefundQueryAt(refund: Schedule, now: Date): Date {
  return new Date(now.getTime() + waitMs(refund))
}

function waitMs({ state, problem, query_count }: Schedule): number {
  if (state === 'abnormal') return DAY_MS
  if (state === 'processing') return PROCESSING_MS[Math.min(query_count, PROCESSING_MS.length - 1)] ?? DAY_MS
  const { firstMs, mostMs } = problem === null ? UNSENT : problem === 'NOT_ENOUGH' ? BALANCE_LOW : REFUSED
  return Math.min(mostMs, firstMs * 2 ** Math.min(query_count, 16))
}

/** For one that has just moved to `state`: its first time, or never again. */
export function firstRefundQueryAt(state: RefundState, now: Date): Date | null {
  if (state === 'waiting') return now
  if (state !== 'processing' && state !== 'abnormal') return null
  return nextRefundQueryAt({ state, problem: null, query_count: 0 }, now)
}
