import { yuan } from '../../shared/format.ts'

/** What a shopper typed as a sum to get back. */
export type Amount = { kind: 'sum'; fen: number } | { kind: 'wrong'; hint: string }

/** `12`, `12.3` or `12.34` yuan → fen, within what is left of the order. Digits only: no float ever holds money. */
export function readAmount(text: string, refundableFen: number): Amount {
  const [, whole, tenths = '0', hundredths = '0'] = /^\s*(\d{1,9})(?:\.(\d)?(\d)?)?\s*$/.exec(text) ?? []
  if (whole === undefined) return { kind: 'wrong', hint: '请填写金额，最多两位小数' }
  const fen = Number(`${whole}${tenths}${hundredths}`)
  if (fen < 1) return { kind: 'wrong', hint: '至少退 ¥0.01' }
  if (fen > refundableFen) return { kind: 'wrong', hint: `超过了，最多可退 ${yuan(refundableFen)}` }
  return { kind: 'sum', fen }
}
