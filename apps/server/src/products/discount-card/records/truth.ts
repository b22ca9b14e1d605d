import type { CardGoal, TemplateGoal } from '../table.ts'
import { type Fact, type TakenCard, windowBegin } from './facts.ts'

/** What is true of one goal, or of one reward, by one order. */
export interface Truth {
  readonly orderId: string
  readonly kind: 'goal' | 'reward'
  /** objective_id or reward_id. */
  readonly of: string
  readonly times: number
  /** Fen of a reward; 0 of a goal. */
  readonly fen: number
  readonly happenedAt: Date
}

/** A goal of a card whose terms we know. */
export type KnownGoal = Pick<CardGoal, 'objective_id'> & Pick<TemplateGoal, 'counts' | 'goods_ids'>

/** All that is true of a card by these orders, also what is nothing (any more). */
export const truthOf = (card: TakenCard, goals: readonly KnownGoal[], facts: readonly Fact[]): readonly Truth[] =>
  facts.flatMap((fact) => [...rewardTruth(fact), ...goals.map((goal) => goalTruth(card, goal, fact))])

const isWhollyRefunded = ({ paidFen, refundedFen }: Fact): boolean => refundedFen >= paidFen

const rewardTruth = (fact: Fact): readonly Truth[] => {
  if (!fact.reward) return []
  const fen = enjoyedFen(fact.reward.discount_fen, fact)
  const { reward_id: of } = fact.reward
  return [{ orderId: fact.orderId, kind: 'reward', of, times: fen > 0 ? 1 : 0, fen, happenedAt: fact.paidAt }]
}

/** A refund takes back as much of the discount as of the price; what stays is rounded up. */
export function enjoyedFen(
  discountFen: number,
  { paidFen, refundedFen }: Pick<Fact, 'paidFen' | 'refundedFen'>,
): number {
  if (refundedFen >= paidFen) return 0
  return discountFen - Number((BigInt(discountFen) * BigInt(refundedFen)) / BigInt(paidFen))
}

const goalTruth = (card: TakenCard, goal: KnownGoal, fact: Fact): Truth => {
  const isFor = (id: string) => goal.goods_ids === null || goal.goods_ids.includes(id)
  const shared = { orderId: fact.orderId, kind: 'goal', of: goal.objective_id, fen: 0 } as const
  if (goal.counts === 'orders') {
    const counts = isDuring(card, fact.paidAt) && fact.goodsIds.some(isFor) && !isWhollyRefunded(fact)
    return { ...shared, times: counts ? 1 : 0, happenedAt: fact.paidAt }
  }
  const uses = isWhollyRefunded(fact)
    ? []
    : fact.uses.filter(({ goodsId, usedAt }) => isFor(goodsId) && isDuring(card, usedAt))
  return {
    ...shared,
    times: uses.reduce((sum, { quantity }) => sum + quantity, 0),
    happenedAt: uses.at(-1)?.usedAt ?? fact.paidAt,
  }
}

const isDuring = (card: TakenCard, at: Date): boolean => at >= windowBegin(card) && at < card.end_at
