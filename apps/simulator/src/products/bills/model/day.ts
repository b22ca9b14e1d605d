import { formatShanghai, parseRfc3339, Rfc3339 } from '@shouyin/wechatpay-core/contract'
import * as v from 'valibot'

const DAY_MS = 86_400_000
const OLDEST_MONTHS = 3

/** The day of Asia/Shanghai at that moment, `2026-11-20`, whatever time zone the process has. */
export const dayOf = (ms: number): string => formatShanghai(new Date(ms)).slice(0, 10)

/** False for 31 February. */
export const isDay = (day: string): boolean => v.is(Rfc3339, `${day}T00:00:00+08:00`)

/** Its first moment, and the first of the next. Shanghai has no summer time. @throws RangeError when it is none */
export function boundsOf(day: string): { readonly fromMs: number; readonly toMs: number } {
  const fromMs = parseRfc3339(`${day}T00:00:00+08:00`).getTime()
  return { fromMs, toMs: fromMs + DAY_MS }
}

/** When its bill is ready: at that time, e.g. `10:00`, of the next day. */
export function readyMsOf(day: string, billReadyAt: string): number {
  const nextDay = dayOf(boundsOf(day).toMs)
  return parseRfc3339(`${nextDay}T${billReadyAt}:00+08:00`).getTime()
}

/** Why no bill of that day can be asked for, in WeChat's language; undefined when one can. The sentences are a GUESS. */
export function whyNoBillOf(day: string, nowMs: number): string | undefined {
  const today = dayOf(nowMs)
  if (day >= today)
    return `账单日期不能为当天或未来的日期（今天是${today}），请查询${dayOf(nowMs - DAY_MS)}及以前的账单`
  const oldest = monthsBefore(today)
  return day < oldest ? `账单日期超过三个月，最早可查询${oldest}的账单` : undefined
}

/** The same day of an earlier month, or its last day where it has no such day. */
function monthsBefore(day: string): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  const lastDate = new Date(Date.UTC(year, month - OLDEST_MONTHS, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 - OLDEST_MONTHS, Math.min(date, lastDate))).toISOString().slice(0, 10)
}
