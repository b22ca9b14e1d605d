import { formatShanghai } from '@shouyin/wechatpay-core/contract'

const DAY_MS = 86_400_000

/** The day of Asia/Shanghai in which a moment lies, `2026-11-20`, wherever this process runs. */
export const dayOf = (at: Date): string => formatShanghai(at).slice(0, 10)

/** Its first moment. @throws RangeError for what is no day */
export function startOf(day: string): Date {
  const start = new Date(`${day}T00:00:00+08:00`)
  if (Number.isNaN(start.getTime()) || dayOf(start) !== day) throw new RangeError(`${day} is no day such as 2026-11-20`)
  return start
}

// China has no summer time: a day is always 24 hours.
export const addDays = (day: string, days: number): string => dayOf(new Date(startOf(day).getTime() + days * DAY_MS))

/** A time of the morning after, when the bill of that day is made. */
export const morningAfter = (day: string, hours: number): Date =>
  new Date(startOf(day).getTime() + DAY_MS + hours * 3_600_000)
