import { yuan } from '../../shared/format.ts'
import { type HeldCard, type HeldGoal, type HeldReward, isDone, leftOf } from './card-of.ts'

/** `1/3 次`. */
export const progressOf = ({ done, times, unit }: HeldGoal): string => `${Math.max(done, 0)}/${times} ${unit}`

/** The same for a screen reader. */
export const spokenProgress = ({ name, done, times, unit }: HeldGoal): string =>
  `${name}，要 ${times} ${unit}，做到了 ${Math.max(done, 0)} ${unit}`

/** How much of it is done, 0…100. */
export const percentOf = ({ done, times }: Pick<HeldGoal, 'done' | 'times'>): number =>
  Math.min(100, Math.round((Math.max(done, 0) / times) * 100))

const counts = {
  orders: '每付一笔订单算一次，全额退款的不算',
  uses: '到店每用一次算一次，全额退款的不算',
  unknown: '怎样算一次，更新小程序后可见',
} as const satisfies Record<HeldGoal['counts'], string>

/** What counts. */
export const countWords = (goal: Pick<HeldGoal, 'counts' | 'goods'>): string =>
  `${counts[goal.counts]}${goal.goods ? `。只算${goal.goods.join('、')}` : ''}`

/** What is missing, e.g. `还差 2 次`, or was when the card ended. */
export function missingWords(goal: HeldGoal, { endedAt }: Pick<HeldCard, 'endedAt'>): string {
  if (isDone(goal)) return '做到了'
  return `${endedAt ? '差了' : '还差'} ${goal.times - Math.max(goal.done, 0)} ${goal.unit}`
}

/** What a reward takes off, and of what; one that the shop has no rule for is WeChat's alone. */
export function rewardWords({ percentOff, goods }: HeldReward): string {
  return percentOff === 0 ? '以微信的先享卡页面为准' : `${goods ? goods.join('、') : '全部商品'}减 ${percentOff}%`
}

/** What is left of it at most: an order that is not paid yet may have been given some of it. */
export function leftWords(reward: HeldReward): string {
  const left = leftOf(reward)
  if (!left) return '用完了'
  const most = `最多还可优惠 ${yuan(left.fen)}`
  return left.times === null ? most : `${most}，${left.times} ${reward.unit}`
}
