import type { plans } from '@shouyin/contracts/shopper'
import { Text, View } from '@tarojs/components'
import { spokenYuan, yuan } from '../../../../shared/format.ts'
import { Card } from '../../../../shared/ui/card.tsx'
import { Price } from '../../../../shared/ui/price.tsx'
import style from './index.module.scss'

/** What is promised at signing: each lesson in the order in which it is taken, what it costs now and before, and the sum. */
export function Lessons({ plan }: { plan: plans.Plan }) {
  return (
    <Card>
      {plan.lessons.map((lesson) => (
        <Lesson key={lesson.number} lesson={lesson} />
      ))}
      <View className={style.row}>
        <View className={style.line}>
          <Text className={style.name}>全部上完，一共</Text>
          <View className={style.end}>
            <Price fen={plan.totalFen} />
          </View>
        </View>
        <Before originalFen={plan.originalFen} fen={plan.totalFen} discount={null} />
      </View>
    </Card>
  )
}

function Lesson({ lesson }: { lesson: plans.Plan['lessons'][number] }) {
  return (
    <View id={`plan-lesson-${lesson.number}`} className={style.row}>
      <View className={style.line}>
        <Text className={style.name}>{lesson.name}</Text>
        <View className={style.end}>
          <Price fen={lesson.priceFen} />
        </View>
      </View>
      <Before originalFen={lesson.originalFen} fen={lesson.priceFen} discount={lesson.discount} />
    </View>
  )
}

interface Props {
  originalFen: number
  fen: number
  discount: string | null
}

function Before({ originalFen, fen, discount }: Props) {
  const savedFen = originalFen - fen
  if (savedFen === 0 && !discount) return null
  return (
    <View className={style.line}>
      <Text className={style.discount}>{discount ?? `省 ${yuan(savedFen)}`}</Text>
      <Text className={style.before} ariaLabel={`原价${spokenYuan(originalFen)}`}>
        {yuan(originalFen)}
      </Text>
    </View>
  )
}
