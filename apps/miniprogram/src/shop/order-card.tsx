import type { orders } from '@shouyin/contracts/shopper'
import { Text, View } from '@tarojs/components'
import { dayAndTime } from '../shared/format.ts'
import { open } from '../shared/go.ts'
import { orderPath } from '../shared/paths.ts'
import { Price } from '../shared/ui/price.tsx'
import { countOf } from './cart.ts'
import style from './order-card.module.scss'
import { orderTone, orderWords } from './order-words.ts'

/** One order in a list: what, when, how much, and how it stands. */
export function OrderCard({ order }: { order: orders.Order }) {
  const [first, ...others] = order.items
  return (
    <View className={style.card} hoverClass={style.pressed} onClick={() => open(orderPath(order.id))}>
      <View className={style.head}>
        <Text className={style.time}>{dayAndTime(order.createdAt)}</Text>
        <Text className={style[orderTone(order)]}>{orderWords(order)}</Text>
      </View>
      <Text className={style.name}>
        {first?.name}
        {others.length > 0 ? ` 等 ${order.items.length} 种` : ''}
      </Text>
      <View className={style.foot}>
        <Text className={style.time}>共 {countOf(order.items)} 件</Text>
        <Price fen={order.amountFen} />
      </View>
    </View>
  )
}
