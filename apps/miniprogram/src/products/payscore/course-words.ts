import { yuan } from '../../shared/format.ts'
import type { View } from './course-flow.ts'
import { afterwards, type Tone } from './lesson-words.ts'
import { type Course, costOf, type OpenLesson, openLesson, unusedLessons } from './lessons-of.ts'

export interface CourseWords {
  title: string
  /** What comes next, and what it costs. */
  hint: string
  tone: Tone
}

const words = {
  unsigned: { title: '还没有签约', hint: '在微信支付里确认以后计划才开始，签约时不扣款', tone: 'waiting' },
  signed: { title: '已签约', hint: '课都上完了，等微信支付确认', tone: 'good' },
  cancelling: { title: '正在取消', hint: '等微信支付确认，一般几分钟内完成', tone: 'waiting' },
  completed: { title: '已完成', hint: '计划里的课都结束了，不会再扣款', tone: 'quiet' },
  cancelled: { title: '已取消', hint: '没上的课不扣款', tone: 'quiet' },
  expired: { title: '已到期', hint: '没上的课不再有效，不扣款', tone: 'quiet' },
  lapsed: { title: '没有签约', hint: '没有及时确认，什么都没有扣', tone: 'quiet' },
  failed: { title: '签约没有成功', hint: '微信支付没有接受这个计划，什么都没有扣', tone: 'quiet' },
  unknown: { title: '请更新小程序', hint: '计划有新状态，更新后可见', tone: 'waiting' },
} as const satisfies Record<Course['status'], CourseWords>

const confirming = { title: '正在确认', hint: '正在问微信支付签约成功没有。签约时不扣款', tone: 'waiting' } as const

const cancelled = {
  shopper: '你取消了计划，没上的课不扣款',
  shop: '商家结束了计划，没上的课不扣款',
  service: '你解除了微信支付分的授权，计划也就结束了，没上的课不扣款',
  unknown: '没上的课不扣款',
} as const satisfies Record<NonNullable<Course['cancelledBy']>, string>

/** How a course stands, and what comes next. */
export function courseWords(course: Course): CourseWords {
  const { status } = course
  if (status === 'unsigned' && course.confirming) return confirming
  const lesson = openLesson(course)
  if (status === 'signed') return { ...words.signed, hint: nextWords(course) ?? words.signed.hint }
  // Its last lesson is heard of a moment later.
  if (status === 'completed' && lesson) return { ...words.completed, hint: openWords(lesson, course) }
  const hint = status === 'cancelled' ? cancelled[course.cancelledBy ?? 'unknown'] : words[status].hint
  return { ...words[status], hint: lesson ? `${hint}。${stayWords(lesson, course)}` : hint }
}

type Asked = Pick<Course, 'lessons' | 'confirming'>

/** Of the lesson that is under way, or of the one after. */
export function nextWords(course: Asked): string | undefined {
  const lesson = openLesson(course)
  if (lesson) return openWords(lesson, course)
  if (course.lessons.some(({ status }) => status === 'unknown')) return '有一节课有新状态，更新小程序后可见'
  const [next] = unusedLessons(course)
  return next && (next.priceFen === 0 ? '下一节是送的，不扣款' : `下一节${afterwards(next.priceFen)}`)
}

const opens = {
  starting: (lesson) => `正在开始，${afterwards(costOf(lesson))}`,
  in_service: (lesson) => `正在上，${afterwards(costOf(lesson))}`,
  completing: () => '上完了，正在结算',
  deducting: (lesson) => `上完了，微信支付正在扣 ${yuan(costOf(lesson))}`,
  cancelling: () => '正在取消，等微信支付确认',
} as const satisfies Record<OpenLesson['status'], (lesson: OpenLesson) => string>

const openWords = (lesson: OpenLesson, { confirming }: Pick<Course, 'confirming'>): string =>
  lesson.status === 'deducting' && confirming
    ? `第 ${lesson.number} 节上完了，还不知道收了没有`
    : `第 ${lesson.number} 节${opens[lesson.status](lesson)}`

/** What a cancelled plan does not end. */
function stayWords(lesson: OpenLesson, course: Pick<Course, 'confirming'>): string {
  const costFen = costOf(lesson)
  const begun = `第 ${lesson.number} 节${lesson.status === 'starting' || lesson.status === 'in_service' ? '已经开始' : '已经上过'}`
  if (lesson.status === 'cancelling' || (lesson.status === 'deducting' && course.confirming))
    return openWords(lesson, course)
  return costFen === 0 ? `${begun}，不扣款` : `${begun}，${yuan(costFen)} 仍然会扣`
}

/** What the shopper is asked before the plan is ended. */
export function cancelQuestion(course: Asked) {
  const unused = unusedLessons(course).length
  const lesson = openLesson(course)
  const parts = [
    unused > 0 && `没上的 ${unused} 节会取消，不扣款`,
    lesson && stayWords(lesson, course),
    '取消后不能恢复',
  ]
  return {
    title: '取消这个计划？',
    content: parts.filter(Boolean).join('。'),
    yes: '取消计划',
    no: '再想想',
  }
}

/** What goes on while the page waits. */
export const viewWords: Readonly<Partial<Record<View, string>>> = {
  checking: '正在向微信支付核实',
  waiting: '微信支付还没有结果，有了会显示在这里',
  cancelling: '正在请微信支付取消计划',
  ordering: '正在生成付款订单',
}
