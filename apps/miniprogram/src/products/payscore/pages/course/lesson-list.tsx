import { Text, View } from '@tarojs/components'
import { spokenYuan, yuan } from '../../../../shared/format.ts'
import { open } from '../../../../shared/go.ts'
import { orderPath } from '../../../../shared/paths.ts'
import { Button } from '../../../../shared/ui/button.tsx'
import { Card } from '../../../../shared/ui/card.tsx'
import { lessonWords } from '../../lesson-words.ts'
import { type Course, costOf, type Lesson } from '../../lessons-of.ts'
import style from './index.module.scss'

export function LessonList({ course }: { course: Course }) {
  return (
    <Card>
      {course.lessons.map((lesson) => (
        <Row key={lesson.id} lesson={lesson} course={course} />
      ))}
    </Card>
  )
}

function Row({ lesson, course }: { lesson: Lesson; course: Course }) {
  const { status, hint, tone } = lessonWords(lesson, course)
  return (
    <View id={`lesson-${lesson.number}`} className={style.lesson}>
      <View className={style.line}>
        <Text className={style.name}>
          {lesson.number}. {lesson.name}
        </Text>
        <Text id={`lesson-${lesson.number}-status`} className={`${style.end} ${style[tone]}`}>
          {status}
        </Text>
      </View>
      <View className={style.line}>
        <Text className={style.soft}>{hint}</Text>
        <Cost lesson={lesson} />
      </View>
      {lesson.paidBy === 'order' && lesson.orderId && <PaidOrder lesson={lesson} orderId={lesson.orderId} />}
    </View>
  )
}

/** What it was, why it is less, and what it costs. */
function Cost({ lesson }: { lesson: Lesson }) {
  const { originalFen, discount } = lesson
  const costFen = costOf(lesson)
  return (
    <View className={`${style.end} ${style.cost}`}>
      {discount && <Text className={style.discount}>{discount}</Text>}
      {originalFen > costFen && (
        <Text className={style.original} ariaLabel={`原价${spokenYuan(originalFen)}`}>
          {yuan(originalFen)}
        </Text>
      )}
      <Text ariaLabel={spokenYuan(costFen)}>{yuan(costFen)}</Text>
    </View>
  )
}

function PaidOrder({ lesson, orderId }: { lesson: Lesson; orderId: string }) {
  return (
    <Button
      id={`lesson-${lesson.number}-order`}
      kind="quiet"
      ariaLabel={`第 ${lesson.number} 节的付款订单`}
      onTap={() => open(orderPath(orderId))}
    >
      查看付款订单
    </Button>
  )
}
