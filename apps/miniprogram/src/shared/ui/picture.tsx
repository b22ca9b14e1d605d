import { Image, Text, View } from '@tarojs/components'
import { useState } from 'react'
import style from './picture.module.scss'

/** A picture of goods, fetched when it comes near; where there is none, the name begins in its place. */
export function Picture({ url, name, size }: { url: string; name: string; size: 'row' | 'page' }) {
  const [failed, setFailed] = useState('')
  return (
    <View className={`${style.picture} ${style[size]}`} ariaHidden>
      {failed === url ? (
        <Text>{name.slice(0, 1)}</Text>
      ) : (
        <Image className={style.image} src={url} mode="aspectFill" lazyLoad onError={() => setFailed(url)} />
      )}
    </View>
  )
}
