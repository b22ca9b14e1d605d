import { View } from '@tarojs/components'
import { useDidShow } from '@tarojs/taro'
import { type PropsWithChildren, useState } from 'react'
import { textScale } from '../wechat.ts'
import style from './page.module.scss'

/** The root of every page: at least as high as the screen, its text as large as the shopper set it in WeChat. */
export function Page({ children }: PropsWithChildren) {
  const [scale, setScale] = useState(textScale)
  useDidShow(() => setScale(textScale()))
  return (
    <View className={style.page} style={`--scale:${scale}`}>
      {children}
    </View>
  )
}
