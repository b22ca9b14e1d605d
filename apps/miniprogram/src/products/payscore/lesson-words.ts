import { dayAndTime, yuan } from '../../shared/format.ts'
import { type Course, costOf, isLive, type Lesson } from './lessons-of.ts'

export type Tone = 'good' | 'waiting' | 'quiet'
export interface LessonWords {
  status: string
  /** When its money moved or will move. */
  hint: string
  tone: Tone
}

const words = {
  unused: { status: '未上', tone: 'quiet' },
  starting: { status: '正在开始', tone: 'quiet' },
  in_service: { status: '正在上', tone: 'good' },
  completing: { status: '正在结算', tone: 'waiting' },
  deducting: { status: '待支付', tone: 'waiting' },
  cancelling: { status: '正在取消', tone: 'waiting' },
  paid: { status: '已支付', tone: 'good' },
  cancelled: { status: '已取消', tone: 'quiet' },
  unknown: { status: '请更新小程序', tone: 'waiting' },
} as const satisfies Record<Lesson['status'], Omit<LessonWords, 'hint'>>

const paidBy = {
  deduction: { status: '已扣款', hint: '从微信支付扣款' },
  order: { status: '已支付', hint: '另外付款。微信要是也扣了，会自动退回' },
  both: { status: '已支付', hint: '另外付款' },
  free: { status: '免费', hint: '送的，没有扣款' },
  unknown: { status: '已支付', hint: '付款' },
} as const satisfies Record<NonNullable<Lesson['paidBy']> | 'both', Omit<LessonWords, 'tone'>>

/** A price that is still to come. */
export const afterwards = (fen: number): string => (fen === 0 ? '送的，不扣款' : `课后扣 ${yuan(fen)}`)

/** WeChat may have collected it by now. */
const unsure: LessonWords = { status: '待核实', hint: '还不知道微信支付收了没有，请不要重复支付', tone: 'waiting' }

/** How a lesson and its money stand. */
export function lessonWords(lesson: Lesson, course: Pick<Course, 'status' | 'confirming'>): LessonWords {
  const { status } = lesson
  if (status === 'deducting' && course.confirming) return unsure
  const said = wordsOf(lesson, course)
  if (lesson.extraFen === 0) return said
  // Of a lesson that is cancelled nothing else was collected.
  const hint = status === 'cancelled' ? extraWords(lesson) : `${said.hint}。${extraWords(lesson)}`
  return { ...said, hint }
}

/** The deduction and an order have both succeeded, or one came too late. */
const extraWords = ({ extraFen, extraRefundedFen }: Lesson): string =>
  extraRefundedFen < extraFen ? `多收的 ${yuan(extraFen)} 会自动退回` : `多收的 ${yuan(extraFen)} 已退回`

function wordsOf(lesson: Lesson, course: Pick<Course, 'status'>): LessonWords {
  const { status } = lesson
  if (status === 'paid') return paidWords(lesson)
  if (status === 'unused' && !isLive(course)) return unusedWords(lesson, course)
  return { ...words[status], hint: hintOf(lesson, status) }
}

function hintOf(lesson: Lesson, status: Exclude<Lesson['status'], 'paid'>): string {
  const costFen = costOf(lesson)
  switch (status) {
    case 'unused':
    case 'starting':
    case 'in_service':
      return afterwards(costFen)
    case 'completing':
      return `等微信支付确认，${costFen === 0 ? '不扣款' : `要扣 ${yuan(costFen)}`}`
    case 'deducting':
      return `微信支付正在扣 ${yuan(costFen)}，没有扣成会自己再试`
    case 'cancelling':
      return '等微信支付确认，确认后不扣款；要是已经扣了，这里会显示'
    case 'cancelled':
      return '没有扣款'
    case 'unknown':
      return '这节课有新状态，更新后可见'
  }
}

/** A plan that has ended, or has not begun. */
function unusedWords(lesson: Lesson, { status }: Pick<Course, 'status'>): LessonWords {
  if (status === 'unsigned' || status === 'unknown') return { ...words.unused, hint: afterwards(lesson.priceFen) }
  if (status === 'cancelling') return { ...words.unused, hint: '计划取消后不扣款' }
  return { ...words.unused, status: '不再上', hint: '不扣款' }
}

function paidWords(lesson: Lesson): LessonWords {
  const by = lesson.paidBy === 'order' && lesson.extraFen > 0 ? 'both' : (lesson.paidBy ?? 'unknown')
  const { status, hint } = paidBy[by]
  const time = lesson.paidAt ? dayAndTime(lesson.paidAt) : ''
  const said = lesson.paidBy === 'free' ? hint : `${time} ${hint}`.trim()
  if (lesson.refundedFen === 0) return { status, hint: said, tone: 'good' }
  const isAllBack = lesson.refundedFen >= costOf(lesson)
  return { status: isAllBack ? '已退款' : '部分退款', hint: `${said}，已退 ${yuan(lesson.refundedFen)}`, tone: 'quiet' }
}
