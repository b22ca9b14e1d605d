import { nextQueryAt } from '../../kernel/backoff.ts'
import type { Card } from './table.ts'

export { nextQueryAt }

/** How many rows one round of a sweep takes; all of them ask WeChat Pay at once. */
export const BATCH = 10

const QUIET_MS = 6 * 3_600_000
const FRESH_MS = 600_000
/** No page says how long a token lives: GUESS. Until then WeChat Pay is asked whether somebody took the card. */
const TOKEN_MS = 2 * 3_600_000
const LAPSE_MS = 24 * 3_600_000

type Offered = Pick<Card, 'token_at' | 'created_at'>

const since = ({ token_at, created_at }: Offered, ms: number): Date => new Date((token_at ?? created_at).getTime() + ms)

/** The shopper needs some minutes to read and to take it: from then on another token is asked for. */
export const freshUntil = (card: Offered): Date => since(card, FRESH_MS)

/** From then on a token that WeChat Pay does not renew is given up. */
export const tokenUntil = (card: Offered): Date => since(card, TOKEN_MS)

/** From then on a card that nobody took will not be taken. */
export const lapsesAt = (card: Offered): Date => since(card, LAPSE_MS)

type Schedule = Offered & Pick<Card, 'state' | 'query_count' | 'end_at'>

/**
 * When to ask about a card next. One that is ongoing lives for weeks: soon after it was taken, then four times a day, for
 * the notice that got lost, and at its end. Whatever somebody waits for is asked more often.
 */
export function nextCardQueryAt(card: Schedule, now: Date): Date {
  const { state, query_count, end_at } = card
  const isQuiet = state === 'ongoing' && query_count > 0 && end_at !== null && end_at > now
  const at = isQuiet ? new Date(now.getTime() + QUIET_MS) : nextQueryAt(query_count, now)
  const turning = state === 'ongoing' ? end_at : state === 'prepared' ? lapsesAt(card) : null
  return turning !== null && turning > now && turning < at ? turning : at
}
