import type { orders } from '@shouyin/contracts/shopper'
import { Text, View } from '@tarojs/components'
import { dayAndTime, spokenYuan, yuan } from '../shared/format.ts'
import { open } from '../shared/go.ts'
import { orderPath } from '../shared/paths.ts'
import { Card } from '../shared/ui/card.tsx'
import { Price } from '../shared/ui/price.tsx'
import { countOf } from './cart.ts'
import style from './order-card.module.scss'
import { orderTone, orderWords, sumWords } from './order-words.ts'

/** One order in a list: what, when, how much, and how it and its money stand. */
export function OrderCard({ order }: { order: orders.Order }) {
  const { items, amountFen, discountFen, refundedFen } = order
  const name = `${items[0]?.name ?? ''}${items.length > 1 ? ` 等 ${items.length} 种` : ''}`
  const [words, sum, time] = [orderWords(order), sumWords(order), dayAndTime(order.createdAt)]
  return (
    <Card
      ariaLabel={`${words}，${name}，${sum}${spokenYuan(amountFen)}，${time}`}
      onTap={() => open(orderPath(order.id))}
    >
      <View className={style.head}>
        <Text className={style.soft}>{time}</Text>
        <Text className={style[orderTone(order)]}>{words}</Text>
      </View>
      <View className={style.name}>{name}</View>
      <View className={style.foot}>
        <Text className={style.soft}>共 {countOf(items)} 件</Text>
        <View className={style.sum}>
          <Text className={style.soft}>
            {discountFen > 0 && `优惠 ${yuan(discountFen)}，`}
            {refundedFen > 0 && `已退 ${yuan(refundedFen)}，`}
            {sum}
          </Text>
          <Price fen={amountFen} />
        </View>
      </View>
    </Card>
  )
}
