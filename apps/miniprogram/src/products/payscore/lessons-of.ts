import type { plans } from '@shouyin/contracts/shopper'

export type Course = plans.SignPlan
export type Lesson = plans.Lesson

type Open = 'starting' | 'in_service' | 'completing' | 'deducting' | 'cancelling'
export type OpenLesson = Lesson & { status: Open }

const isOpen = (lesson: Lesson): lesson is OpenLesson => {
  const open: readonly Lesson['status'][] = ['starting', 'in_service', 'completing', 'deducting', 'cancelling']
  return open.includes(lesson.status)
}

/** The lesson that is under way; there is one at a time. */
export const openLesson = ({ lessons }: Pick<Course, 'lessons'>): OpenLesson | undefined => lessons.find(isOpen)

/** The lesson that WeChat tries to collect. */
export const owedLesson = (course: Pick<Course, 'lessons'>): Lesson | undefined => {
  const lesson = openLesson(course)
  return lesson?.status === 'deducting' ? lesson : undefined
}

export const unusedLessons = ({ lessons }: Pick<Course, 'lessons'>): Lesson[] =>
  lessons.filter(({ status }) => status === 'unused')

/** What it costs really, or as it was promised. */
export const costOf = ({ amountFen, priceFen }: Pick<Lesson, 'amountFen' | 'priceFen'>): number => amountFen ?? priceFen

/** What came back of all lessons. */
export const refundedOf = ({ lessons }: Pick<Course, 'lessons'>): number =>
  lessons.reduce((sum, { refundedFen }) => sum + refundedFen, 0)

/** Whether lessons can still be taken. */
export const isLive = ({ status }: Pick<Course, 'status'>): boolean => status === 'signed'

/** How far the shopper has come. */
export function progressWords(course: Pick<Course, 'lessons'>): string {
  const lesson = openLesson(course)
  if (lesson) return `第 ${lesson.number} 节，共 ${course.lessons.length} 节`
  const taken = course.lessons.filter(({ status }) => status === 'paid').length
  return `上了 ${taken} 节，共 ${course.lessons.length} 节`
}
