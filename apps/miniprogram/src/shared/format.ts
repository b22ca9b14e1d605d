/** 123456 fen → `{ whole: '1,234', cents: '56' }`. Text only: no float ever holds money. */
export function yuanParts(fen: number): { whole: string; cents: string } {
  const digits = String(fen).padStart(3, '0')
  const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',')
  return { whole, cents: digits.slice(-2) }
}

/** 123456 fen → `¥1,234.56`. */
export function yuan(fen: number): string {
  const { whole, cents } = yuanParts(fen)
  return `¥${whole}.${cents}`
}

/** 123456 fen → `1234.56`, as people type it. */
export function plainYuan(fen: number): string {
  const { whole, cents } = yuanParts(fen)
  return `${whole.replace(/,/g, '')}.${cents}`
}

/** 123450 fen → `1234.50元`, 9900 fen → `99元`: for a screen reader, which stumbles over `¥` and over commas. */
export const spokenYuan = (fen: number): string => `${plainYuan(fen).replace('.00', '')}元`

const SHANGHAI_OFFSET_MS = 8 * 3_600_000

/** An RFC 3339 time → `11月20日 09:05`, in Shanghai wherever the phone is; empty when it is no time. */
export function dayAndTime(rfc3339: string): string {
  const ms = Date.parse(rfc3339)
  if (Number.isNaN(ms)) return ''
  const at = new Date(ms + SHANGHAI_OFFSET_MS)
  const two = (n: number) => String(n).padStart(2, '0')
  return `${at.getUTCMonth() + 1}月${at.getUTCDate()}日 ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`
}
