import type { plans } from '@shouyin/contracts/shopper'
import { Text, View } from '@tarojs/components'
import { spokenYuan, yuan } from '../../shared/format.ts'
import { Card } from '../../shared/ui/card.tsx'
import { Price } from '../../shared/ui/price.tsx'
import style from './plan-card.module.scss'

interface Props {
  plan: plans.Plan
  onTap?: () => void
}

/** One plan at a glance: what it is called, how many lessons, what they cost together. */
export function PlanCard({ plan, onTap }: Props) {
  const { id, name, lessons, durationDays, originalFen, totalFen } = plan
  const label = `${name}，${lessons.length} 节课，全部上完一共${spokenYuan(totalFen)}，上完一节付一节`
  return (
    <Card {...(onTap && { id: `plan-${id}`, ariaLabel: label, onTap })}>
      <View className={style.name}>{name}</View>
      <View className={style.note}>
        {lessons.length} 节课，{durationDays} 天有效，上完一节付一节
      </View>
      <View className={style.foot}>
        <Text className={style.whole}>全部上完</Text>
        <View className={style.sum}>
          <Price fen={totalFen} size={onTap ? 'normal' : 'large'} />
        </View>
        {originalFen > totalFen && (
          <Text className={style.before} ariaLabel={`原价${spokenYuan(originalFen)}`}>
            {yuan(originalFen)}
          </Text>
        )}
      </View>
    </Card>
  )
}
