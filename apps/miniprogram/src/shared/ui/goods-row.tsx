import { Image, Text, View } from '@tarojs/components'
import type { PropsWithChildren } from 'react'
import style from './goods-row.module.scss'
import { Price } from './price.tsx'

interface Props {
  name: string
  note?: string
  imageUrl?: string
  priceFen: number
  /** Beside the price, at the end of the row. */
  quantity?: number
}

/** One thing in a list: picture, name, price, and whatever stands at the end. */
export function GoodsRow({ name, note, imageUrl, priceFen, quantity, children }: PropsWithChildren<Props>) {
  return (
    <View className={style.row}>
      {imageUrl && <Image className={style.picture} src={imageUrl} mode="aspectFill" />}
      <View className={style.body}>
        <Text className={style.name}>{name}</Text>
        {note && <Text className={style.note}>{note}</Text>}
        <View className={style.foot}>
          <Price fen={priceFen} />
          {quantity !== undefined && <Text className={style.quantity}>× {quantity}</Text>}
          {children}
        </View>
      </View>
    </View>
  )
}
