import { createHash } from 'node:crypto'
import { addDays, dayOf, morningAfter, startOf } from './days.ts'

/** So long open differences are looked into; then they are a matter of persons. */
export const DAYS_BACK = 7

/** WeChat Pay keeps bills for three months. */
const DAYS_KEPT = 89

const READY_HOURS = 10
const LATE_HOURS = 14
const JITTER_MS = 1_500_000
const CREATING_MS = 1_800_000
const FIRST_RETRY_MS = 60_000
const LAST_RETRY_MS = 1_800_000
const RECHECK_MS = 3_600_000

/**
 * The days before today that are to have a bill, oldest first: the last seven, and those that were missed before them;
 * none before the merchant's first charge.
 * @param lastPlanned of the days before the last seven, the last that has its bills
 */
export function daysToReconcile(now: Date, firstChargeAt: Date, lastPlanned?: string): readonly string[] {
  const today = dayOf(now)
  const first = dayOf(firstChargeAt)
  const week = addDays(today, -DAYS_BACK)
  const missed = Array.from({ length: DAYS_KEPT - DAYS_BACK }, (_, i) => addDays(today, i - DAYS_KEPT))
  return [
    ...missed.filter((day) => lastPlanned !== undefined && day > lastPlanned),
    ...Array.from({ length: DAYS_BACK }, (_, i) => addDays(week, i)),
  ].filter((day) => day >= first)
}

/** Bills can be fetched from 10:00 of the next day; each merchant begins at a moment of its own until 10:25, and is done at 10:30. */
export function firstAttemptAt(day: string, mchid: string): Date {
  const jitterMs = createHash('sha256').update(mchid).digest().readUInt32BE() % JITTER_MS
  return new Date(morningAfter(day, READY_HOURS).getTime() + jitterMs)
}

export const lateAt = (day: string): Date => morningAfter(day, LATE_HOURS)

/** WeChat Pay is still making it: in half an hour, and at the moment from which it is late. */
export function askAgainAt(day: string, now: Date): Date {
  const at = now.getTime() + CREATING_MS
  const late = lateAt(day).getTime()
  return new Date(now.getTime() < late ? Math.min(at, late) : at)
}

/** @param attempts how many have failed, this one included */
export const retryAt = (attempts: number, now: Date): Date =>
  new Date(now.getTime() + Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(attempts - 1, 16)))

/** An open difference is looked at for a week, then it is left to persons. */
export const recheckAt = (day: string, now: Date): Date | null =>
  now < startOf(addDays(day, DAYS_BACK + 1)) ? new Date(now.getTime() + RECHECK_MS) : null
