import { formatCompact, parseCompact } from '@shouyin/wechatpay-core/contract'
import { type Broken, broken } from './refusals.ts'

interface TimeRange {
  readonly start_time?: string | undefined
  readonly end_time?: string | undefined
}

const DAY_LENGTH = 'yyyyMMdd'.length
const LAST_SECOND_MS = 86_400_000 - 1000
const START = '/time_range/start_time'
const END = '/time_range/end_time'

/** A day without time of day begins at 0:00:00 and ends at 23:59:59. */
const startMs = (text: string): number => parseCompact(text).getTime()
const endMs = (text: string): number => startMs(text) + (text.length === DAY_LENGTH ? LAST_SECOND_MS : 0)

/** 根据传入时间精度进行校验: to the second, or to the day. */
const isBefore = (text: string, now: Date): boolean => text < formatCompact(now).slice(0, text.length)
const isAfter = (text: string, now: Date): boolean => text > formatCompact(now).slice(0, text.length)

/** At creation: what is planned lies ahead. */
export function brokenPlannedTimes({ start_time: start, end_time: end }: TimeRange, now: Date): Broken | undefined {
  const isOnAccept = start === undefined || start === 'OnAccept'
  if (!isOnAccept && isBefore(start, now)) {
    return broken('START_EARLY', START, start, `must not be before ${formatCompact(now)}, now`)
  }
  if (end === undefined) return undefined
  if (endMs(end) <= (isOnAccept ? now.getTime() : startMs(start))) {
    return broken('END_BEFORE_START', END, end, 'must be after the start')
  }
  if (endMs(end) > now.getTime() + 60_000) return undefined
  return broken('END_SOON', END, end, `must be more than a minute after ${formatCompact(now)}, now`)
}

/** At completion: what really happened has happened. DERIVED: a planned end that is not corrected counts as the real one. */
export function brokenRealTimes(planned: TimeRange, real: TimeRange, now: Date): Broken | undefined {
  const start = real.start_time ?? planned.start_time ?? formatCompact(now)
  const end = real.end_time ?? planned.end_time
  if (end === undefined) return broken('END_MISSING', END, null, 'is required, because it was not planned at creation')
  return (
    brokenFormat(START, planned.start_time, real.start_time) ??
    brokenFormat(END, planned.end_time, real.end_time) ??
    (isAfter(start, now)
      ? broken('START_LATE', START, start, `must not be after ${formatCompact(now)}, now`)
      : undefined) ??
    (isAfter(end, now) ? broken('END_LATE', END, end, `must not be after ${formatCompact(now)}, now`) : undefined) ??
    (endMs(end) < startMs(start) ? broken('END_BEFORE_START', END, end, `must not be before ${start}`) : undefined)
  )
}

function brokenFormat(field: string, planned: string | undefined, real: string | undefined): Broken | undefined {
  if (planned === undefined || real === undefined || planned.length === real.length) return undefined
  return broken('TIME_FORMAT', field, real, `must be written as ${planned} was at creation`)
}

/**
 * Of 收款成功时间: 服务开始时间 < 完结 < 付款成功 < 调用. DERIVED: to the precision given, so that the same second is not too early,
 * and paid at once after completing is not refused.
 */
export function brokenPaidTime(paid: string, completedAtMs: number | null, now: Date): Broken | undefined {
  const field = '/detail/paid_time'
  const completed = new Date(completedAtMs ?? 0)
  if (isBefore(paid, completed)) {
    return broken('PAID_TIME', field, paid, `must not be before ${formatCompact(completed)}, when it was completed`)
  }
  return isAfter(paid, now)
    ? broken('PAID_TIME', field, paid, `must not be after ${formatCompact(now)}, now`)
    : undefined
}
