import { View } from '@tarojs/components'
import style from './heading.module.scss'

/** Over a group of cards. */
export function Heading({ children }: { children: string }) {
  return (
    <View className={style.heading} ariaRole="heading">
      {children}
    </View>
  )
}
