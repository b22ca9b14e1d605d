import type { cards } from '@shouyin/contracts/shopper'

/** A card that the shopper took, or asked for. */
export type HeldCard = cards.Card
export type HeldGoal = HeldCard['goals'][number]
export type HeldReward = HeldCard['rewards'][number]
export type CardRecord = HeldCard['records'][number]

/** Whether its promise is still under way. */
export const isRunning = (status: HeldCard['status']): boolean => status === 'ongoing' || status === 'settling'

/** Whether it is this shopper's, and has begun. */
export const isTaken = ({ takenAt }: Pick<HeldCard, 'takenAt'>): boolean => takenAt !== null

export const isDone = ({ done, times }: Pick<HeldGoal, 'done' | 'times'>): boolean => done >= times

/** Every promise is kept, by our own books: WeChat has still to say so, and will not where it refused to hear of it. */
export const isKept = ({ goals, records }: Pick<HeldCard, 'goals' | 'records'>): boolean =>
  goals.length > 0 &&
  goals.every(isDone) &&
  records.every(({ kind, status }) => kind !== 'goal' || status !== 'refused')

/** WeChat knows every sum. What it collects is what it knows: what was taken back and not told yet is in it. */
export const isTold = ({ records }: Pick<HeldCard, 'records'>): boolean =>
  records.every(({ amountFen, status }) => amountFen === null || status === 'recorded')

/** What a reward still takes off at most; `null`: it is used up. */
export function leftOf({ times, used, amountFen, usedFen }: HeldReward): { fen: number; times: number | null } | null {
  const left = { fen: amountFen - usedFen, times: times === null ? null : times - used }
  return left.fen > 0 && (left.times === null || left.times > 0) ? left : null
}
