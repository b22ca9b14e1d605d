import type { states } from '@shouyin/wechatpay-core/discount-card'
import type { StoredCard } from '../../../../kernel/discount-card/stored.ts'
import { completedCount, totalFen, usedCount, usedFen } from '../../../../kernel/discount-card/sums.ts'
import { minuteOf, notice, type Page, type Visitor, yuan } from '../../../../kernel/visit.ts'
import type { World } from '../../../../kernel/world.ts'
import { quit } from '../../model/ending.ts'
import { templateOf } from '../../model/new-card.ts'
import { headRows } from './rows.ts'

const TITLE = '先享卡·详情'

/** How the page is told which card: by WeChat's number of it, or by the merchant's. */
export interface CardNames {
  readonly card_id?: string
  readonly mchid?: string
  readonly out_card_code?: string
}

/** 先享卡详情页, for who holds the card: how far he is, what leaving costs, and what became of it. */
export function cardPage(world: World, visitor: Visitor, names: CardNames): Page {
  const { card_id: cardId, mchid, out_card_code: outCardCode } = names
  if (!cardId && !(mchid && outCardCode)) return notice(TITLE, '参数错误：须有card_id，或mchid和out_card_code')
  const card = cardId ? world.discountCards.cardById(cardId) : world.discountCards.card(mchid ?? '', outCardCode ?? '')
  if (!card || card.openid !== visitor.openid || card.appid !== visitor.appid) return notice(TITLE, '先享卡不存在')
  const button = { action: 'quit', label: '退出先享卡', press: () => void quit(world, card) }
  return { title: TITLE, rows: rowsOf(world, card), buttons: card.state === 'ONGOING' ? [button] : [] }
}

const rowsOf = (world: World, card: StoredCard) => [
  ...headRows(world, templateOf(world, card)),
  { label: '状态', value: stateOf(card) },
  { label: '有效期', value: `${minuteOf(card.beginAtMs)} 至 ${minuteOf(card.endAtMs)}` },
  ...card.objectives.map(({ objectiveId, name, count, unit }) => ({
    label: `目标 ${name}`,
    value: `已完成${completedCount(card, objectiveId)}${unit}，共${count}${unit}`,
  })),
  ...card.rewards.map(({ rewardId, name, unit, amountFen }) => ({
    label: `奖励 ${name}`,
    value: `已享受${usedCount(card, rewardId)}${unit}，${yuan(usedFen(card, rewardId))}（最高${yuan(amountFen)}）`,
  })),
  { label: '已享受优惠', value: yuan(totalFen(card)) },
  ...moneyRows(card),
]

const stateWords: Readonly<Record<states.CardState, string>> = {
  ONGOING: '进行中',
  SETTLING: '结算中',
  FINISHED: '已完成约定',
  UNFINISHED: '未完成约定',
}
const reasonWords: Readonly<Record<states.UnfinishedReason, string>> = {
  DUE_TO_QUIT: '到期未完成',
  EARLY_QUIT: '提前退出',
}

const stateOf = ({ state, unfinishedReason }: StoredCard): string =>
  unfinishedReason === null ? stateWords[state] : `${stateWords[state]}（${reasonWords[unfinishedReason]}）`

/** When money would move, and when it did. */
function moneyRows(card: StoredCard) {
  const { state, payState, paidAtMs, settleAtMs } = card
  const fen = totalFen(card)
  if (state === 'ONGOING')
    return [{ label: '提前退出', value: fen === 0 ? '现在退出无需付款' : `现在退出将扣款${yuan(fen)}` }]
  if (state === 'SETTLING') {
    const settled = settleAtMs === null ? '' : `${minuteOf(settleAtMs)}结算，`
    return [{ label: '扣款', value: `${settled}届时仍未完成全部目标，将扣款${yuan(fen)}` }]
  }
  if (payState === null) return [{ label: '扣款', value: '无需付款' }]
  if (paidAtMs === null) return [{ label: '扣款', value: `正在扣款${yuan(fen)}` }]
  return [
    { label: '扣款', value: `已扣款${yuan(fen)}` },
    { label: '支付时间', value: minuteOf(paidAtMs) },
  ]
}
