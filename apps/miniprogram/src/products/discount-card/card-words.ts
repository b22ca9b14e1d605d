import { dayAndTime, yuan } from '../../shared/format.ts'
import type { View } from './card-flow.ts'
import { type HeldCard, isKept, isTold } from './card-of.ts'

export type Tone = 'good' | 'waiting' | 'quiet'
export interface CardWords {
  title: string
  /** What comes next, and when money moves. */
  hint: string
  tone: Tone
}
type Status = HeldCard['status']

const titles = {
  prepared: { title: '还没有领取', tone: 'waiting' },
  ongoing: { title: '进行中', tone: 'good' },
  settling: { title: '正在核对', tone: 'waiting' },
  finished: { title: '已完成', tone: 'good' },
  unfinished: { title: '没有完成', tone: 'quiet' },
  owing: { title: '正在收回优惠', tone: 'waiting' },
  paid: { title: '优惠已收回', tone: 'quiet' },
  lapsed: { title: '没有领取', tone: 'quiet' },
  failed: { title: '没有领成', tone: 'quiet' },
  taken_by_other: { title: '被别人领走了', tone: 'quiet' },
  unknown: { title: '请更新小程序', tone: 'waiting' },
} as const satisfies Record<Status, Omit<CardWords, 'hint'>>

const unsure = {
  prepared: { title: '正在确认', hint: '正在问微信领到了没有。领取不收钱' },
  ongoing: { title: '待核实', hint: '还没有问到这张卡现在怎样，以微信的页面为准' },
  settling: { title: '待核实', hint: '时间到了，还没有问到微信核对的结果' },
  unfinished: { title: '待核实', hint: '约定没有完成，还没有问到微信要不要收回优惠' },
  owing: { title: '待核实', hint: '还没有问到微信扣了没有。不用另外付款' },
} as const satisfies Partial<Record<Status, Omit<CardWords, 'tone'>>>

/** How a card stands, and what comes next. What is over for good needs no confirming. */
export function cardWords(card: HeldCard): CardWords {
  const { status } = card
  if (card.confirming && status in unsure) return { ...unsure[status as keyof typeof unsure], tone: 'waiting' }
  if (status === 'paid' && card.refundedFen > 0) return { ...refundedWords(card), tone: 'quiet' }
  return { ...titles[status], hint: hints[status](card) }
}

/** The promise was not kept, and why. */
const reasons = {
  quit: '你提前退出了约定',
  expired: '到期时约定没有做到',
  unknown: '约定没有做到',
} as const satisfies Record<NonNullable<HeldCard['reason']>, string>
const whyOf = ({ reason }: HeldCard): string => reasons[reason ?? 'unknown']

const hints = {
  prepared: () => '在微信的先享卡页面里领取以后才开始。领取不收钱',
  ongoing: ongoingWords,
  settling: settlingWords,
  finished: ({ savedFen }) => `约定做到了，${savedFen > 0 ? `优惠的 ${yuan(savedFen)} 都归你，` : ''}不会再收钱`,
  unfinished: (card) =>
    card.dueFen > 0
      ? `${whyOf(card)}，享受过的优惠 ${yuan(card.dueFen)} 要收回。微信还没有说收多少`
      : `${whyOf(card)}。没有要收回的优惠，不收钱`,
  owing: (card) =>
    `${whyOf(card)}，微信会自动扣 ${yuan(card.dueFen)}，${whatFor(card)}。不用另外付款，扣到了会显示在这里`,
  paid: (card) => `${whyOf(card)}。${paidWords(card)}，${whatFor(card)}`,
  lapsed: () => '没有及时领取，不收钱',
  failed: () => '微信支付没有接受这次领取，不收钱',
  taken_by_other: () => '领取页被另一个微信号打开，卡也归了对方。约定和扣款都和你没有关系',
  unknown: () => '这张卡有新状态，更新后可见',
} as const satisfies Record<Status, (card: HeldCard) => string>

const whatFor = (card: HeldCard): string =>
  isTold(card) ? '就是享受过的优惠' : '有的记录微信没有记上，有疑问请联系商家'

/** Until when, and what it costs not to keep it. */
function ongoingWords(card: HeldCard): string {
  if (isKept(card)) return '目标都做到了，等微信确认。确认以后优惠都归你，不收钱'
  const promise = `${card.endAt ? `${dayAndTime(card.endAt)} 前` : ''}做到约定，优惠都归你`
  return `${promise}。没有做到，微信会在到期后自动收回享受过的优惠，${sumSoFar(card)}`
}

function sumSoFar(card: HeldCard): string {
  if (!isTold(card)) return '有的记录微信还没有记上，以微信的页面为准'
  return card.dueFen > 0 ? `现在是 ${yuan(card.dueFen)}` : '现在没有要收回的'
}

function settlingWords(card: HeldCard): string {
  if (isKept(card)) return '时间到了，目标都做到了，等微信确认。确认以后不收钱'
  if (!isTold(card)) return '时间到了，微信正在核对记录，有的还没有记上。收回多少，以微信的页面为准'
  const what =
    card.dueFen > 0 ? `没有做到的话，核对以后会自动收回优惠的 ${yuan(card.dueFen)}` : '没有要收回的优惠，不收钱'
  return `时间到了，微信正在核对记录。${what}`
}

const paidWords = ({ paidAt, dueFen }: HeldCard): string =>
  `${paidAt ? `${dayAndTime(paidAt)} ` : ''}微信扣了 ${yuan(dueFen)}`

function refundedWords(card: HeldCard): Pick<CardWords, 'title' | 'hint'> {
  const isAllBack = card.refundedFen >= card.dueFen
  const back = isAllBack ? '都退回了' : `退回了 ${yuan(card.refundedFen)}`
  return { title: isAllBack ? '已退款' : '部分退款', hint: `${whyOf(card)}。${paidWords(card)}，${back}` }
}

export interface CardSum {
  label: string
  fen: number
}

/** The sum that matters most now. */
export function cardSum({ status, dueFen, savedFen }: HeldCard): CardSum {
  if (status === 'paid') return { label: '已扣', fen: dueFen }
  if (status === 'owing' || (status === 'unfinished' && dueFen > 0)) return { label: '要收回', fen: dueFen }
  return { label: '已优惠', fen: savedFen }
}

/** What the shopper is told before leaving, next to the way to do it; `undefined` where there is nothing to leave. */
export function quitWords(card: HeldCard): string | undefined {
  if (card.status !== 'ongoing') return undefined
  const where = `${isKept(card) ? '目标都做到了，不用退出。' : ''}提前退出要在微信的先享卡页面里办。`
  if (card.confirming) return `${where}现在退出要收回多少，还没有问到`
  if (!isTold(card)) return `${where}有的记录微信还没有记上，现在退出要收回多少，以微信的页面为准。退出后不能恢复`
  if (card.dueFen === 0) return `${where}现在退出不收钱，退出后不能恢复`
  return `${where}现在退出，微信会自动扣 ${yuan(card.dueFen)}，就是享受过的优惠，不用另外付款。退出后不能恢复`
}

/** What goes on while the page waits. */
export const viewWords: Readonly<Partial<Record<View, string>>> = {
  checking: '正在向微信核实',
  waiting: '微信还没有结果，有了会显示在这里',
}
