import { orders } from '@shouyin/contracts/shopper'
import { View } from '@tarojs/components'
import { switchTab, useDidShow } from '@tarojs/taro'
import { api } from '../../../shared/api.ts'
import { open } from '../../../shared/go.ts'
import { cardsPath, myCoursesPath, tabs } from '../../../shared/paths.ts'
import { problemWords } from '../../../shared/problem-words.ts'
import { Button } from '../../../shared/ui/button.tsx'
import { Card } from '../../../shared/ui/card.tsx'
import { ErrorRef } from '../../../shared/ui/error-ref.tsx'
import { Heading } from '../../../shared/ui/heading.tsx'
import { Page } from '../../../shared/ui/page.tsx'
import { Skeleton } from '../../../shared/ui/skeleton.tsx'
import { type Loading, useLoad } from '../../../shared/use-load.ts'
import { OrderCard } from '../../order-card.tsx'
import { orderSeen, rememberOrders } from '../../orders-seen.ts'
import { showCartCount } from '../../use-cart.ts'
import style from './index.module.scss'

const answers = [
  {
    question: '付了款，订单还显示待支付？',
    answer: '打开订单会重新核实，通常几秒就会更新。付过的钱不会丢，也不要重复支付：同一笔订单不会扣两次款。',
  },
  {
    question: '想取消订单？',
    answer: '没付款的订单可以在订单详情里取消，微信支付确认以后就不会再扣款。到时间没付款的订单会自动关闭。',
  },
  {
    question: '怎么退款，钱退到哪里？',
    answer: '在订单详情里申请，商家同意后原路退回：零钱一般几分钟到账，银行卡 1 到 3 个工作日。',
  },
]

export default function MePage() {
  const latest = useLoad(async () => {
    const [order] = (await api.call(orders.listOrders, { limit: 1 })).orders
    if (order) rememberOrders(order)
    return { id: order?.id }
  })
  useDidShow(() => {
    showCartCount()
    latest.reload()
  })
  return (
    <Page>
      <Heading>最近的订单</Heading>
      <Latest loaded={latest} />
      <Card id="orders" onTap={() => switchTab({ url: tabs.orders })}>
        <View className={style.link}>全部订单</View>
      </Card>
      <Card id="my-courses" onTap={() => open(myCoursesPath)}>
        <View className={style.link}>我的课程</View>
      </Card>
      <Card id="my-cards" onTap={() => open(cardsPath)}>
        <View className={style.link}>先享卡</View>
      </Card>
      <Heading>常见问题</Heading>
      <Card>
        {answers.map(({ question, answer }) => (
          <View key={question} className={style.entry}>
            <View>{question}</View>
            <View className={style.answer}>{answer}</View>
          </View>
        ))}
      </Card>
      <View className={style.contact}>
        <Button kind="plain" openType="contact">
          联系商家
        </Button>
      </View>
    </Page>
  )
}

function Latest({ loaded }: { loaded: Loading<{ id: string | undefined }> }) {
  if (loaded.state === 'loading') return <Skeleton shape="orders" />
  if (loaded.state === 'failed') return <Failed error={loaded.error} onRetry={loaded.reload} />
  const order = loaded.value.id && orderSeen(loaded.value.id)
  if (order) return <OrderCard order={order} />
  return (
    <Card>
      <View className={style.notice}>
        <View>还没有订单</View>
        <View>
          <Button kind="quiet" onTap={() => switchTab({ url: tabs.shop })}>
            去逛逛
          </Button>
        </View>
      </View>
    </Card>
  )
}

function Failed({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  return (
    <Card>
      <View>{problemWords(error)}</View>
      <ErrorRef error={error} />
      <Button kind="plain" onTap={onRetry}>
        再试一次
      </Button>
    </Card>
  )
}
