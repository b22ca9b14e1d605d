import { orders } from '@shouyin/contracts/shopper'
import { Text, View } from '@tarojs/components'
import { switchTab, useDidShow } from '@tarojs/taro'
import { api } from '../../../shared/api.ts'
import { tabs } from '../../../shared/paths.ts'
import { problemWords } from '../../../shared/problem-words.ts'
import { Button } from '../../../shared/ui/button.tsx'
import { ErrorRef } from '../../../shared/ui/error-ref.tsx'
import { Skeleton } from '../../../shared/ui/states.tsx'
import { useLoad } from '../../../shared/use-load.ts'
import { OrderCard } from '../../order-card.tsx'
import { showCartCount } from '../../use-cart.ts'
import style from './index.module.scss'

const answers = [
  {
    question: '付了款，订单还显示待支付？',
    answer: '先打开订单核实，通常几秒就会更新。不要重复支付，同一笔订单不会扣两次款。',
  },
  { question: '想取消订单？', answer: '没付款的订单在订单详情里取消，微信支付确认后就不会再扣款。' },
]

export default function MePage() {
  const latest = useLoad(() => api.call(orders.listOrders, { limit: 1 }))
  useDidShow(() => {
    showCartCount()
    latest.reload()
  })
  return (
    <View className={style.page}>
      <View className={style.head}>
        <Text className={style.title}>最近的订单</Text>
        <View
          id="orders"
          className={style.all}
          hoverClass={style.pressed}
          onClick={() => switchTab({ url: tabs.orders })}
        >
          <Text>全部订单 ›</Text>
        </View>
      </View>
      <Latest list={latest} />
      <Text className={style.title}>常见问题</Text>
      <View className={style.card}>
        {answers.map(({ question, answer }) => (
          <View key={question} className={style.entry}>
            <Text className={style.question}>{question}</Text>
            <Text className={style.answer}>{answer}</Text>
          </View>
        ))}
      </View>
    </View>
  )
}

function Latest({ list }: { list: ReturnType<typeof useLoad<{ orders: orders.Order[] }>> }) {
  if (list.state === 'loading') return <Skeleton rows={1} />
  if (list.state === 'failed')
    return (
      <View className={`${style.card} ${style.notice}`}>
        <Text>{problemWords(list.error)}</Text>
        <ErrorRef error={list.error} />
        <View className={style.action}>
          <Button kind="quiet" onTap={list.reload}>
            再试一次
          </Button>
        </View>
      </View>
    )
  const [order] = list.value.orders
  if (order) return <OrderCard order={order} />
  return (
    <View className={`${style.card} ${style.notice}`}>
      <Text>还没有订单</Text>
      <View className={style.action}>
        <Button kind="quiet" onTap={() => switchTab({ url: tabs.shop })}>
          去逛逛
        </Button>
      </View>
    </View>
  )
}
