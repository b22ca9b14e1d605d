import type { Tx } from '../../kernel/db.ts'
import type { Basket, FindDiscount } from '../../kernel/discount.ts'
import { listUsableRewards, type UsableReward } from './records/rewards.ts'
import type { Card } from './table.ts'

/**
 * What the ongoing cards of who orders take off: the one reward that takes off most. The cards stay locked until the
 * order is there, so that of many orders at once none gets what another one was given.
 */
export const findDiscount: FindDiscount = async (tx, basket) => {
  const cards = await lockOngoingCards(tx, basket)
  if (cards.length === 0) return undefined
  const rewards = await listUsableRewards(tx, cards)
  // Where two are worth the same, the first that was taken.
  const [best] = rewards
    .map((reward) => ({ reward, fen: discountFen(reward, basket.lines) }))
    .filter(({ fen }) => fen > 0)
    .toSorted((one, other) => other.fen - one.fen)
  if (!best) return undefined
  const { reward, fen } = best
  return {
    fen,
    name: reward.cardName,
    async keep(orderId) {
      const { cardId: card_id, rewardId: reward_id } = reward
      await tx.insertInto('card_order').values({ order_id: orderId, card_id, reward_id, discount_fen: fen }).execute()
    },
  }
}

/** A server whose clock is further off is not ready: WeChat's may be that much ahead, and who takes a card buys at once. */
const SKEW_MAX_MS = 120_000

/** Of who orders, inside their time, in the order in which everybody locks several cards. */
const lockOngoingCards = (tx: Tx, { mchid, appid, openid, now }: Basket): Promise<readonly Card[]> =>
  tx
    .selectFrom('card')
    .selectAll()
    .where('openid', '=', openid)
    .where('mchid', '=', mchid)
    .where('appid', '=', appid)
    .where('state', '=', 'ongoing')
    .where('begin_at', '<=', new Date(now.getTime() + SKEW_MAX_MS))
    .where('end_at', '>', now)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()

/** WeChat Pay collects no less: an order is never for nothing. */
const LEAST_PAID_FEN = 1

type Terms = Pick<UsableReward, 'percentOff' | 'goodsIds' | 'leftFen' | 'leftTimes'>

/** So many per cent of what it is for, rounded down; never more than is left of it, never the whole price. */
export function discountFen({ percentOff, goodsIds, leftFen, leftTimes }: Terms, lines: Basket['lines']): number {
  if (leftTimes <= 0) return 0
  const totalFen = sum(lines)
  const matchingFen = sum(lines.filter(({ id }) => goodsIds === null || goodsIds.includes(id)))
  return Math.max(0, Math.min(Math.floor((matchingFen * percentOff) / 100), leftFen, totalFen - LEAST_PAID_FEN))
}

const sum = (lines: Basket['lines']): number => lines.reduce((fen, one) => fen + one.price_fen * one.quantity, 0)
