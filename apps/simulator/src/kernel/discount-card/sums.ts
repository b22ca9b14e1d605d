import type { StoredCard, StoredCompletion, StoredUsage } from './stored.ts'

/** Adds to a sum, or takes away from it. */
export const signOf = ({ type }: Pick<StoredCompletion | StoredUsage, 'type'>): 1 | -1 => (type === 'INCREASE' ? 1 : -1)

/** How often an objective was completed, less what was undone. */
export const completedCount = ({ completions }: StoredCard, objectiveId: string): number =>
  completions
    .filter((record) => record.objectiveId === objectiveId)
    .reduce((sum, record) => sum + signOf(record) * record.count, 0)

export const usedCount = ({ usages }: StoredCard, rewardId: string): number =>
  usages
    .filter((record) => record.rewardId === rewardId)
    .reduce((sum, record) => sum + signOf(record) * record.count, 0)

/** Fen enjoyed of one reward. */
export const usedFen = ({ usages }: StoredCard, rewardId: string): number =>
  usages
    .filter((record) => record.rewardId === rewardId)
    .reduce((fen, record) => fen + signOf(record) * record.amountFen, 0)

/** total_amount: fen enjoyed of all rewards. */
export const totalFen = ({ usages }: StoredCard): number =>
  usages.reduce((fen, record) => fen + signOf(record) * record.amountFen, 0)

/** 完成约定: every objective is completed as often as promised. */
export const isKept = (card: StoredCard): boolean =>
  card.objectives.every(({ objectiveId, count }) => completedCount(card, objectiveId) >= count)
