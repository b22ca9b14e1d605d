import { Text, View } from '@tarojs/components'
import style from './index.module.scss'

export const reasons = ['不想要了', '买错了', '时间不合适', '商品或服务有问题', '其他原因'] as const

export function Reasons({ chosen, choose }: { chosen: string; choose: (reason: string) => void }) {
  return (
    <View className={style.card}>
      <Text className={style.label}>退款原因</Text>
      {reasons.map((reason) => (
        <View
          key={reason}
          className={style.reason}
          hoverClass={style.pressed}
          ariaRole="radio"
          ariaLabel={reason === chosen ? `${reason}，已选` : reason}
          onClick={() => choose(reason)}
        >
          <Text>{reason}</Text>
          <View className={`${style.dot} ${reason === chosen ? style.on : ''}`} />
        </View>
      ))}
    </View>
  )
}
