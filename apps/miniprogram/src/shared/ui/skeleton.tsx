import { View } from '@tarojs/components'
import style from './skeleton.module.scss'

interface Props {
  shape: 'goods' | 'orders' | 'page'
  count?: number
  heading?: boolean
}

/** The shape of what is coming: rows of goods, cards of orders, or a page with a picture on top. */
export function Skeleton({ shape, count = 1, heading }: Props) {
  const keys = Array.from({ length: count }, (_, index) => `part-${index}`)
  return (
    <View className={style.skeleton} ariaRole="text" ariaLabel="正在加载">
      {shape === 'page' && <View className={style.top} />}
      {heading && <View className={`${style.line} ${style.heading}`} />}
      {keys.map((key) => (
        <View key={key} className={shape === 'page' ? style.part : style.card}>
          {shape === 'goods' && <View className={style.picture} />}
          <View className={style.lines}>
            <View className={style.line} />
            <View className={`${style.line} ${style.short}`} />
            <View className={`${style.line} ${style.shorter}`} />
          </View>
        </View>
      ))}
    </View>
  )
}
