import type { Truth } from './truth.ts'

/** What was told of one goal, or of one reward, by one order, whatever became of it; net. */
export interface Told {
  readonly orderId: string
  readonly of: string
  readonly times: number
  readonly fen: number
}

/** What has to be told. */
export interface Change extends Omit<Truth, 'fen'> {
  readonly direction: 'INCREASE' | 'DECREASE'
  /** Fen of a reward; null of a goal. */
  readonly fen: number | null
}

/**
 * The records that bring what was told to what is true. Nothing is ever changed: a sum that is another one now is taken
 * back as a whole and told anew, so that WeChat's count of how often a reward was enjoyed stays right. Rewards come first,
 * because a goal may end the card; what is taken back comes first, because what is added may be too much before.
 */
export function missing(truths: readonly Truth[], told: readonly Told[], now: Date): readonly Change[] {
  const before = new Map(told.map((one) => [`${one.orderId} ${one.of}`, one]))
  return truths
    .flatMap((truth) => changes(truth, before.get(`${truth.orderId} ${truth.of}`) ?? { times: 0, fen: 0 }, now))
    .toSorted((one, other) => rank(one) - rank(other))
}

/** What goes first: rewards, and of each kind what is taken back. */
export const rank = ({ kind, direction }: Pick<Change, 'kind' | 'direction'>): number =>
  (kind === 'reward' ? 0 : 2) + (direction === 'DECREASE' ? 0 : 1)

function changes(truth: Truth, told: Pick<Told, 'times' | 'fen'>, now: Date): readonly Change[] {
  const { fen, ...shared } = truth
  const undone = { ...shared, direction: 'DECREASE', happenedAt: now } as const
  if (truth.kind === 'goal') {
    const times = truth.times - told.times
    if (times === 0) return []
    return [
      times > 0 ? { ...shared, direction: 'INCREASE', times, fen: null } : { ...undone, times: -times, fen: null },
    ]
  }
  if (fen === told.fen) return []
  return [
    ...(told.fen > 0 ? [{ ...undone, times: 1, fen: told.fen }] : []),
    ...(fen > 0 ? [{ ...shared, direction: 'INCREASE' as const, times: 1, fen }] : []),
  ]
}
