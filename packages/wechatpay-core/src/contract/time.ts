import * as v from 'valibot'

const RFC3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/
/** `Date` takes 31 February for 3 March. */
function isRealTime(text: string): boolean {
  if (!RFC3339.test(text) || Number.isNaN(Date.parse(text)) || text.slice(11, 13) === '24') return false
  const [year = 0, month = 0, day = 0] = text.slice(0, 10).split('-').map(Number)
  return new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day
}

const SHANGHAI_OFFSET_MS = 8 * 3600 * 1000

/** RFC 3339 with offset; WeChat writes `Z` or `+08:00`, with and without fractions of any length. */
export const Rfc3339 = v.pipe(v.string(), v.check(isRealTime, 'must be an RFC 3339 time with an offset'))

const inShanghai = (at: Date, length: number): string =>
  `${new Date(at.getTime() + SHANGHAI_OFFSET_MS).toISOString().slice(0, length)}+08:00`

/** Formats an instant as WeChat prints it: `2018-06-08T10:34:56+08:00`, whole seconds, Asia/Shanghai. */
export const formatShanghai = (at: Date): string => inShanghai(at, 19)

/** `2015-05-20T13:29:35.120+08:00`: the same with milliseconds, as discount cards have it. */
export const formatShanghaiMs = (at: Date): string => inShanghai(at, 23)

/** @throws RangeError when the text is not an RFC 3339 time with an offset. */
export function parseRfc3339(text: string): Date {
  if (!isRealTime(text)) throw new RangeError(`not an RFC 3339 time with an offset: ${text}`)
  return new Date(text)
}

const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2}))?$/

const spread = (text: string): string =>
  text.replace(COMPACT, (_, y, m, d, hours = '00', minutes = '00', seconds = '00') => {
    return `${y}-${m}-${d}T${hours}:${minutes}:${seconds}+08:00`
  })

/** `yyyyMMddHHmmss` or `yyyyMMdd`, in Asia/Shanghai: how Pay Score writes times. */
export const CompactTime = v.pipe(
  v.string('must be a string'),
  v.check((text) => COMPACT.test(text) && isRealTime(spread(text)), 'must be a time as yyyyMMddHHmmss or yyyyMMdd'),
)

/** `20091225091010`: an instant in Asia/Shanghai, whole seconds. */
export const formatCompact = (at: Date): string => formatShanghai(at).slice(0, 19).replace(/[-T:]/g, '')

/** A time without hours is the beginning of that day. @throws RangeError when it is not such a time */
export function parseCompact(text: string): Date {
  if (!COMPACT.test(text)) throw new RangeError(`not a time as yyyyMMddHHmmss: ${text}`)
  return parseRfc3339(spread(text))
}
