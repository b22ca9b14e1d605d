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

/** Items stand side by side while their words fit; the main one takes more of what is left. */
export function BarItem({ main, children }: PropsWithChildren<{ main?: boolean }>) {
  return <View className={`${style.item} ${main ? style.main : ''}`}>{children}</View>
}
