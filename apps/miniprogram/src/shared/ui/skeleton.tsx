import { View } from '@tarojs/components'
import style from './skeleton.module.scss'

const keysOf = (count: number) => Array.from({ length: count }, (_, index) => `part-${index}`)

/** The shape of what is coming: rows of goods, cards of orders, or a page with one thing on top. */
export function Skeleton({ shape, count = 1 }: { shape: 'goods' | 'orders' | 'page'; count?: number }) {
  return (
    <View className={style.skeleton} ariaRole="text" ariaLabel="正在加载">
      {shape === 'page' && <View className={`${style.block} ${style.top}`} />}
      {keysOf(count).map((key) => (
        <View key={key} className={style.card}>
          {shape === 'goods' && <View className={`${style.block} ${style.picture}`} />}
          <View className={style.lines}>
            <View className={`${style.block} ${style.line}`} />
            <View className={`${style.block} ${style.line} ${style.short}`} />
            <View className={`${style.block} ${style.line} ${style.shorter}`} />
          </View>
        </View>
      ))}
    </View>
  )
}
