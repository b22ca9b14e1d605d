import { View } from '@tarojs/components'
import { switchTab, useDidShow, usePullDownRefresh, useReachBottom } from '@tarojs/taro'
import { tabs } from '../../../shared/paths.ts'
import { Button } from '../../../shared/ui/button.tsx'
import { Page } from '../../../shared/ui/page.tsx'
import { Skeleton } from '../../../shared/ui/skeleton.tsx'
import { Content, Empty } from '../../../shared/ui/states.tsx'
import { stopPullDownRefresh } from '../../../shared/wechat.ts'
import { OrderCard } from '../../order-card.tsx'
import { showCartCount } from '../../use-cart.ts'
import { useOrders } from '../../use-orders.ts'
import style from './index.module.scss'

export default function OrdersPage() {
  const { newest, list, hasMore, showMore, refresh } = useOrders()
  useDidShow(() => {
    showCartCount()
    newest.reload()
  })
  usePullDownRefresh(() => refresh().finally(stopPullDownRefresh))
  useReachBottom(showMore)
  return (
    <Page>
      <Content of={newest} skeleton={<Skeleton shape="orders" count={5} />}>
        {() =>
          list.length === 0 ? (
            <Empty title="还没有订单" hint="下过的单都会在这里">
              <Button onTap={() => switchTab({ url: tabs.shop })}>去逛逛</Button>
            </Empty>
          ) : (
            <View className={style.list}>
              {list.map((order) => (
                <OrderCard key={order.id} order={order} />
              ))}
              <View className={style.end}>{hasMore ? '正在加载更多' : '没有更多了'}</View>
            </View>
          )
        }
      </Content>
    </Page>
  )
}
