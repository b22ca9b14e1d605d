import { sql } from 'kysely'
import type { Tx } from '../../../kernel/db.ts'
import type { Card } from '../table.ts'

/** A reward of a card that makes orders cheaper, and what is left of it. */
export interface UsableReward {
  readonly cardId: string
  readonly rewardId: string
  /** What the shopper knows the card by. */
  readonly cardName: string
  readonly percentOff: number
  readonly goodsIds: readonly string[] | null
  readonly leftFen: number
  readonly leftTimes: number
}

/**
 * Rewards whose terms we know, of locked cards, in their order. Spent is what WeChat Pay was or will be told, and what
 * orders were given that may still be paid: one that is closed gives it back.
 */
export async function listUsableRewards(tx: Tx, cards: readonly Pick<Card, 'id'>[]): Promise<readonly UsableReward[]> {
  const rows = await tx
    .selectFrom('card_reward')
    .innerJoin('card', 'card.id', 'card_reward.card_id')
    .innerJoin('card_template', 'card_template.id', 'card.template_id')
    .innerJoin('card_template_reward', (on) =>
      on
        .onRef('card_template_reward.template_id', '=', 'card.template_id')
        .onRef('card_template_reward.number', '=', 'card_reward.number'),
    )
    .select(['card_reward.card_id', 'reward_id', 'card_reward.amount_fen', 'card_reward.times'])
    .select(['percent_off', 'goods_ids', 'card_template.name', toldFen, toldTimes, givenFen, givenTimes])
    .where(
      'card_reward.card_id',
      'in',
      cards.map(({ id }) => id),
    )
    .orderBy('card_reward.card_id')
    .orderBy('position')
    .execute()
  return rows.map((row) => ({
    cardId: row.card_id,
    rewardId: row.reward_id,
    cardName: row.name,
    percentOff: row.percent_off,
    goodsIds: row.goods_ids,
    leftFen: row.amount_fen - row.told_fen - row.given_fen,
    leftTimes: row.times === null ? Number.POSITIVE_INFINITY : row.times - row.told_times - row.given_times,
  }))
}

const told = (what: 'times' | 'amount_fen') => sql<number>`(
  select coalesce(sum(case direction when 'INCREASE' then ${sql.ref(`r.${what}`)} else -${sql.ref(`r.${what}`)} end), 0)::bigint
  from card_record r where r.card_id = card_reward.card_id and r.reward_id = card_reward.reward_id
)`
const toldFen = told('amount_fen').as('told_fen')
const toldTimes = told('times').as('told_times')

const given = (what: ReturnType<typeof sql<number>>) => sql<number>`(
  select ${what}::bigint from card_order g join orders on orders.id = g.order_id
  where g.card_id = card_reward.card_id and g.reward_id = card_reward.reward_id and orders.state in ('pending', 'closing')
)`
const givenFen = given(sql`coalesce(sum(g.discount_fen), 0)`).as('given_fen')
const givenTimes = given(sql`count(*)`).as('given_times')
