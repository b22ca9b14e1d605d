import { Text, View } from '@tarojs/components'
import { spokenYuan, yuan } from '../../../../shared/format.ts'
import { open } from '../../../../shared/go.ts'
import { Card } from '../../../../shared/ui/card.tsx'
import { Price } from '../../../../shared/ui/price.tsx'
import { courseWords, nextWords } from '../../course-words.ts'
import { type Course, costOf, isLive, openLesson, owedLesson, progressWords, refundedOf } from '../../lessons-of.ts'
import { coursePath } from '../../paths.ts'
import style from './index.module.scss'

/** One course in a list: how far it is, what is paid, and what is owed. */
export function CourseCard({ course }: { course: Course }) {
  const { title, tone } = courseWords(course)
  const owed = owedLesson(course)
  const owes = owed && (course.confirming ? `第 ${owed.number} 节待核实` : undefined)
  const progress = progressWords(course)
  const next = !owed && (isLive(course) || openLesson(course)) && nextWords(course)
  const refundedFen = refundedOf(course)
  const spoken = [
    title,
    course.name,
    progress,
    owes ?? (owed ? `待支付${spokenYuan(costOf(owed))}` : next),
    `已付${spokenYuan(course.paidFen)}`,
  ]
  return (
    <Card
      id={`course-${course.id}`}
      ariaLabel={spoken.filter(Boolean).join('，')}
      onTap={() => open(coursePath(course.id))}
    >
      <View className={style.line}>
        <Text className={style.name}>{course.name}</Text>
        <Text className={style[tone]}>{title}</Text>
      </View>
      {owed && <View className={style.waiting}>{owes ?? `第 ${owed.number} 节待支付 ${yuan(costOf(owed))}`}</View>}
      {next && <View className={style.soft}>{next}</View>}
      <View className={style.line}>
        <Text className={style.soft}>{progress}</Text>
        <View className={style.sum}>
          <Text className={style.soft}>{refundedFen > 0 && `已退 ${yuan(refundedFen)}，`}已付</Text>
          <Price fen={course.paidFen} />
        </View>
      </View>
    </Card>
  )
}
