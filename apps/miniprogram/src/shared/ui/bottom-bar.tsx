import { View } from '@tarojs/components'
import type { PropsWithChildren } from 'react'
import style from './bottom-bar.module.scss'

/** What the page is about to do, within reach of the thumb and clear of the home indicator. Last in a `Page`. */
export function BottomBar({ children }: PropsWithChildren) {
  return (
    <View className={style.bar}>
      <View className={style.row}>{children}</View>
    </View>
  )
}
