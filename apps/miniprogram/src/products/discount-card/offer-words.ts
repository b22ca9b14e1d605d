import type { cards } from '@shouyin/contracts/shopper'
import { yuan } from '../../shared/format.ts'

type Offer = Pick<cards.CardOffer, 'durationDays' | 'goals' | 'rewards'>
type Goal = Offer['goals'][number]
type Reward = Offer['rewards'][number]

const digits = '零一二三四五六七八九'

/** 20 → `八折`, 25 → `七五折`, 99 → `0.1 折`: what is still paid, as shops write it. */
export function foldWords(percentOff: number): string {
  const paid = 100 - percentOff
  if (paid < 10) return `0.${paid} 折`
  return `${digits.charAt(Math.trunc(paid / 10))}${paid % 10 === 0 ? '' : digits.charAt(paid % 10)}折`
}

/** What is enjoyed, e.g. `全场八折，最多省 ¥200.00`. */
export function enjoyWords({ percentOff, goods, amountFen, times, unit }: Reward): string {
  const most = times === null ? '' : `，最多 ${times} ${unit}`
  return `${goods ? goods.join('、') : '全场'}${foldWords(percentOff)}，最多省 ${yuan(amountFen)}${most}`
}

const deeds = {
  orders: ({ times, unit }) => `下单 ${times} ${unit}`,
  uses: ({ times, unit, goods }) => `到店使用${goods ? goods.join('、') : ''} ${times} ${unit}`,
  unknown: ({ name, times, unit }) => `${name} ${times} ${unit}`,
} as const satisfies Record<Goal['counts'], (goal: Goal) => string>

/** What is promised, e.g. `30 天内下单 3 次`. */
export const promiseWords = ({ durationDays }: Pick<Offer, 'durationDays'>, goal: Goal): string =>
  `${durationDays} 天内${deeds[goal.counts](goal)}`

/** The most that WeChat may collect. */
export const mostFen = ({ rewards }: Pick<Offer, 'rewards'>): number =>
  rewards.reduce((sum, { amountFen }) => sum + amountFen, 0)

/** When money moves, and when it does not: the price of breaking the promise is `isPrice`. */
export const termsOf = (offer: Offer): { title: string; words: string; isPrice?: true }[] => [
  { title: '领卡时', words: '不收钱，只是说好优惠和约定。谁在微信里点了领取，卡就是谁的。' },
  {
    title: '没做到',
    words: `微信会把已经省下的钱收回去，最多 ${yuan(mostFen(offer))}。没有享受过优惠，就不收。`,
    isPrice: true,
  },
  { title: '做到了', words: '省下的钱都归你，不再收钱。' },
  { title: '有效期', words: `从领到那一刻起 ${offer.durationDays} 天。` },
  { title: '中途不想要了', words: '在微信的先享卡页面里退出，已经省下的钱会收回去，退出后不能恢复。' },
  { title: '有几张卡', words: '一笔订单只用一张卡优惠，自动用省得最多的；符合约定的，每张卡都算这一笔。' },
  {
    title: '订单退款了',
    words:
      '卡结束以前整单退的，不算做到，省下的钱也不收回；退一部分的，省下的钱按比例少算。卡结束以后才退的不再少算，有疑问请联系商家。',
  },
]
