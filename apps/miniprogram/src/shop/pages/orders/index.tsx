import { orders } from '@shouyin/contracts/shopper'
import { Text, View } from '@tarojs/components'
import { switchTab, useDidShow, usePullDownRefresh, useReachBottom } from '@tarojs/taro'
import { useState } from 'react'
import { api } from '../../../shared/api.ts'
import { tabs } from '../../../shared/paths.ts'
import { problemWords } from '../../../shared/problem-words.ts'
import { Button } from '../../../shared/ui/button.tsx'
import { Empty, Failure, Skeleton } from '../../../shared/ui/states.tsx'
import { useBusy } from '../../../shared/use-busy.ts'
import { useLoad } from '../../../shared/use-load.ts'
import { stopPullDownRefresh, toast } from '../../../shared/wechat.ts'
import { OrderCard } from '../../order-card.tsx'
import { showCartCount } from '../../use-cart.ts'
import style from './index.module.scss'

interface Page {
  orders: orders.Order[]
  next: string | null
}

export default function OrdersPage() {
  const [older, setOlder] = useState<Page>()
  const newest = useLoad(async () => {
    const page = await api.call(orders.listOrders, {})
    setOlder(undefined)
    return page
  })
  const next = older ? older.next : newest.value?.next
  const more = useBusy(async () => {
    if (!next) return
    try {
      const page = await api.call(orders.listOrders, { after: next })
      setOlder((before) => ({ orders: [...(before?.orders ?? []), ...page.orders], next: page.next }))
    } catch (error) {
      toast(problemWords(error))
    }
  })
  useDidShow(() => {
    showCartCount()
    newest.reload()
  })
  usePullDownRefresh(() => newest.reload().finally(stopPullDownRefresh))
  useReachBottom(more.run)

  if (newest.state === 'loading') return <Skeleton />
  if (newest.state === 'failed') return <Failure error={newest.error} onRetry={newest.reload} />
  if (newest.value.orders.length === 0)
    return (
      <Empty title="还没有订单" hint="下过的单都会在这里">
        <Button onTap={() => switchTab({ url: tabs.shop })}>去逛逛</Button>
      </Empty>
    )
  return (
    <View className={style.page}>
      {[...newest.value.orders, ...(older?.orders ?? [])].map((order) => (
        <OrderCard key={order.id} order={order} />
      ))}
      <Text className={style.end}>{next ? '正在加载更多' : '没有更多了'}</Text>
    </View>
  )
}
