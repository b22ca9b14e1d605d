import type { Charge } from '../../ledger/table.ts'

const FIRST_MS = 10_000
const MAX_MS = { opened: 600_000, closing: 60_000 } as const

/** The first question, when no notification came. */
export const firstQueryAt = (now: Date): Date => new Date(now.getTime() + FIRST_MS)

/**
 * When to ask WeChat Pay next: 10 s, 20 s, 40 s … up to 10 minutes (1 minute while closing), and at the moment of
 * expiry. There is no last time: unknown never ages into failed.
 */
export function nextQueryAt(charge: Pick<Charge, 'state' | 'query_count' | 'expires_at'>, now: Date): Date {
  const max = charge.state === 'closing' ? MAX_MS.closing : MAX_MS.opened
  const at = now.getTime() + Math.min(max, FIRST_MS * 2 ** Math.min(charge.query_count, 16))
  const expiry = charge.expires_at.getTime()
  return new Date(expiry > now.getTime() ? Math.min(at, expiry) : at)
}
