import { View } from '@tarojs/components'
import { Card } from '../../../../shared/ui/card.tsx'
import style from './index.module.scss'

export const reasons = ['不想要了', '买错了', '时间不合适', '商品或服务有问题', '其他原因'] as const

export function Reasons({ chosen, choose }: { chosen: string; choose: (reason: string) => void }) {
  return (
    <Card>
      <View className={style.label}>退款原因</View>
      <View className={style.reasons} ariaRole="radiogroup" ariaLabel="退款原因">
        {reasons.map((reason) => (
          <View
            key={reason}
            className={style.reason}
            hoverClass={style.pressed}
            ariaRole="radio"
            ariaChecked={reason === chosen}
            ariaLabel={reason}
            onClick={() => choose(reason)}
          >
            <View>{reason}</View>
            <View className={`${style.dot} ${reason === chosen ? style.on : ''}`} />
          </View>
        ))}
      </View>
    </Card>
  )
}
