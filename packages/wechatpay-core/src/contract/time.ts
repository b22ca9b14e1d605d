import * as v from 'valibot'

const RFC3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/
const SHANGHAI_OFFSET_MS = 8 * 3600 * 1000

/** RFC 3339 with offset; WeChat writes `Z` or `+08:00`, with and without fractions of any length. */
export const Rfc3339 = v.pipe(
  v.string(),
  v.check((text) => RFC3339.test(text) && !Number.isNaN(Date.parse(text)), 'must be an RFC 3339 time with an offset'),
)

/** Formats an instant as WeChat prints it: `2018-06-08T10:34:56+08:00`, whole seconds, Asia/Shanghai. */
export function formatShanghai(at: Date): string {
  return `${new Date(at.getTime() + SHANGHAI_OFFSET_MS).toISOString().slice(0, 19)}+08:00`
}

/** @throws RangeError when the text is not an RFC 3339 time with an offset. */
export function parseRfc3339(text: string): Date {
  if (!RFC3339.test(text)) throw new RangeError(`not an RFC 3339 time with an offset: ${text}`)
  const at = new Date(text)
  if (Number.isNaN(at.getTime())) throw new RangeError(`no such time: ${text}`)
  return at
}
