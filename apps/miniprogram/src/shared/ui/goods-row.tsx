import { Text, View } from '@tarojs/components'
import type { PropsWithChildren } from 'react'
import style from './goods-row.module.scss'
import { Picture } from './picture.tsx'
import { Price } from './price.tsx'

interface Props {
  name: string
  /** For choosing. Without it the row is a record, and its name stands there whole. */
  note?: string
  imageUrl: string
  priceFen: number
  /** Beside the price, at the end of the row. */
  quantity?: number
  /** A tap anywhere but on what stands at the end. */
  onTap?: () => void
}

/** The name is what a screen reader taps. */
const opens = { ariaRole: 'button' } as const

/** One thing in a list: picture, name, price, and whatever stands at the end. */
export function GoodsRow({ name, note, imageUrl, priceFen, quantity, onTap, children }: PropsWithChildren<Props>) {
  return (
    <View className={style.row} hoverClass={onTap ? style.pressed : 'none'} onClick={onTap}>
      <Picture url={imageUrl} name={name} size="row" />
      <View className={style.body}>
        <View className={note ? style.short : ''} {...(onTap && opens)}>
          {name}
        </View>
        {note && <View className={style.note}>{note}</View>}
        <View className={style.foot}>
          <Price fen={priceFen} />
          {quantity !== undefined && (
            <Text className={style.quantity} ariaLabel={`${quantity} 件`}>
              × {quantity}
            </Text>
          )}
          {children && (
            <View className={style.end} hoverStopPropagation onClick={(event) => event.stopPropagation()}>
              {children}
            </View>
          )}
        </View>
      </View>
    </View>
  )
}
