import { Text, View } from '@tarojs/components'
import { dayAndTime, yuan } from '../../../../shared/format.ts'
import { Card } from '../../../../shared/ui/card.tsx'
import { Problem } from '../../../../shared/ui/problem.tsx'
import { courseWords, viewWords } from '../../course-words.ts'
import { lastDayBefore } from '../../days.ts'
import { type Course, progressWords, refundedOf } from '../../lessons-of.ts'
import type { CourseState } from '../../run-course.ts'
import { useCourse } from '../../use-course.ts'
import { AskOrSign, CancelPlan } from './actions.tsx'
import style from './index.module.scss'
import { LessonList } from './lesson-list.tsx'
import { LessonUnderWay } from './lesson-under-way.tsx'

export function CourseDetails({ opening }: { opening: Course }) {
  const { view, course, error, send } = useCourse(opening)
  return (
    <>
      <View className={style.top}>
        <Head view={view} course={course} />
        {error !== undefined && <Problem before="没有问到：" error={error} />}
        <LessonUnderWay view={view} course={course} send={send} />
        <LessonList course={course} />
        <Entries course={course} />
        <CancelPlan view={view} course={course} send={send} />
      </View>
      <AskOrSign view={view} course={course} send={send} />
    </>
  )
}

/** How the course stands. Every change is read out. */
function Head({ view, course }: Pick<CourseState, 'view' | 'course'>) {
  const { title, hint, tone } = courseWords(course)
  return (
    <View className={style.head} ariaRole="text" ariaLive="polite">
      <View className={style.soft}>{course.name}</View>
      <View id="course-status" className={`${style.title} ${style[tone]}`}>
        {title}
      </View>
      <View>{hint}</View>
      <View className={style.soft}>
        {progressWords(course)}
        {viewWords[view] && `。${viewWords[view]}`}
      </View>
    </View>
  )
}

function Entries({ course }: { course: Course }) {
  return (
    <Card>
      {entriesOf(course).map(([label, value]) => (
        <View key={label} className={style.entry}>
          <Text className={style.label}>{label}</Text>
          <Text className={style.value}>{value}</Text>
        </View>
      ))}
    </Card>
  )
}

/** What is known about a course, in the order in which a shopper asks for it. */
function entriesOf(course: Course): [label: string, value: string][] {
  const { status, paidFen, totalFen, signedAt, overAt } = course
  const hasEndedBefore = status === 'completed' || status === 'cancelled'
  const refundedFen = refundedOf(course)
  const entries: [string, string | null][] = [
    ['已付', yuan(paidFen)],
    ['已退', refundedFen > 0 ? yuan(refundedFen) : null],
    ['全部课程', yuan(totalFen)],
    ['签约时间', signedAt && dayAndTime(signedAt)],
    ['有效期至', hasEndedBefore ? null : overAt && lastDayBefore(overAt)],
  ]
  return entries.flatMap(([label, value]) => (value ? [[label, value]] : []))
}
