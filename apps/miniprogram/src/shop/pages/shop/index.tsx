import { goods } from '@shouyin/contracts/shopper'
import { Text, View } from '@tarojs/components'
import { useDidShow, usePullDownRefresh, useShareAppMessage } from '@tarojs/taro'
import { api } from '../../../shared/api.ts'
import { open } from '../../../shared/go.ts'
import { goodsPath, tabs } from '../../../shared/paths.ts'
import { Button } from '../../../shared/ui/button.tsx'
import { GoodsRow } from '../../../shared/ui/goods-row.tsx'
import { Empty, Failure, Skeleton } from '../../../shared/ui/states.tsx'
import { useLoad } from '../../../shared/use-load.ts'
import { stopPullDownRefresh } from '../../../shared/wechat.ts'
import { showCartCount } from '../../use-cart.ts'
import style from './index.module.scss'

const sections = [
  { kind: 'service', title: '场地与课程' },
  { kind: 'goods', title: '装备' },
  { kind: 'unknown', title: '更多' },
] as const

export default function ShopPage() {
  const list = useLoad(() => api.call(goods.listGoods, {}))
  useDidShow(showCartCount)
  usePullDownRefresh(() => list.reload().finally(stopPullDownRefresh))
  useShareAppMessage(() => ({ title: '收银体育馆：装备、场地与课程', path: tabs.shop }))

  if (list.state === 'loading') return <Skeleton rows={5} />
  if (list.state === 'failed') return <Failure error={list.error} onRetry={list.reload} />
  if (list.value.goods.length === 0)
    return (
      <Empty title="货架还空着" hint="新品正在路上，晚点再来看看">
        <Button kind="plain" onTap={list.reload}>
          刷新
        </Button>
      </Empty>
    )
  return (
    <View className={style.page}>
      {sections.map(({ kind, title }) => (
        <Section key={kind} title={title} items={list.value.goods.filter((one) => one.kind === kind)} />
      ))}
    </View>
  )
}

function Section({ title, items }: { title: string; items: goods.Goods[] }) {
  if (items.length === 0) return null
  return (
    <View>
      <Text className={style.title}>{title}</Text>
      {items.map((one) => (
        <View
          key={one.id}
          id={`goods-${one.id}`}
          className={style.card}
          hoverClass={style.pressed}
          onClick={() => open(goodsPath(one.id))}
        >
          <GoodsRow name={one.name} note={one.description} imageUrl={one.imageUrl} priceFen={one.priceFen} />
        </View>
      ))}
    </View>
  )
}
