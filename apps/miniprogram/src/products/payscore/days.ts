const SHANGHAI_OFFSET_MS = 8 * 3_600_000

/** The last day before an RFC 3339 time → `2027年9月16日`, in Shanghai wherever the phone is; empty when it is no time. */
export function lastDayBefore(rfc3339: string): string {
  const ms = Date.parse(rfc3339)
  if (Number.isNaN(ms)) return ''
  const at = new Date(ms - 1 + SHANGHAI_OFFSET_MS)
  return `${at.getUTCFullYear()}年${at.getUTCMonth() + 1}月${at.getUTCDate()}日`
}
