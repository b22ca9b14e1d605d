import { isOpen } from '../states.ts'
import type { Card } from '../table.ts'
import type { Change } from './missing.ts'

/**
 * Of a card that has ended nothing changes any more, so only what somebody may want to put right by hand: money, what would
 * have kept the promise in time, and what kept it and was undone.
 */
export function matters(
  card: Pick<Card, 'state' | 'ended_at'>,
  { kind, direction, happenedAt }: Pick<Change, 'kind' | 'direction' | 'happenedAt'>,
): boolean {
  if (isOpen(card.state) || kind === 'reward') return true
  if (card.state === 'finished') return direction === 'DECREASE'
  return direction === 'INCREASE' && card.ended_at !== null && happenedAt < card.ended_at
}
