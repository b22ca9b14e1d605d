import type { goods } from '@shouyin/contracts/shopper'
import { View } from '@tarojs/components'
import { useDidShow, usePullDownRefresh, useShareAppMessage } from '@tarojs/taro'
import { spokenYuan } from '../../../shared/format.ts'
import { open } from '../../../shared/go.ts'
import { cardsPath, goodsPath, plansPath, tabs } from '../../../shared/paths.ts'
import { Button } from '../../../shared/ui/button.tsx'
import { Card } from '../../../shared/ui/card.tsx'
import { GoodsRow } from '../../../shared/ui/goods-row.tsx'
import { Heading } from '../../../shared/ui/heading.tsx'
import { Page } from '../../../shared/ui/page.tsx'
import { Skeleton } from '../../../shared/ui/skeleton.tsx'
import { Content, Empty } from '../../../shared/ui/states.tsx'
import { stopPullDownRefresh } from '../../../shared/wechat.ts'
import { useGoodsList } from '../../goods-list.ts'
import { showCartCount } from '../../use-cart.ts'
import style from './index.module.scss'

const sections = [
  { kind: 'service', title: '场地与课程' },
  { kind: 'goods', title: '装备' },
  { kind: 'unknown', title: '更多' },
] as const

export default function ShopPage() {
  const list = useGoodsList()
  useDidShow(showCartCount)
  usePullDownRefresh(() => list.reload().finally(stopPullDownRefresh))
  useShareAppMessage(() => ({ title: '收银体育馆：装备、场地与课程', path: tabs.shop }))
  return (
    <Page>
      <Content of={list} skeleton={<Skeleton shape="goods" count={5} heading />}>
        {({ goods: all }) => (all.length === 0 ? <Nothing onRefresh={list.reload} /> : <Shelf goods={all} />)}
      </Content>
    </Page>
  )
}

function Nothing({ onRefresh }: { onRefresh: () => void }) {
  return (
    <Empty title="货架还空着" hint="新品正在路上，晚点再来看看">
      <Button onTap={onRefresh}>刷新</Button>
    </Empty>
  )
}

function Shelf({ goods: all }: { goods: goods.Goods[] }) {
  return (
    <>
      <Heading>课程计划</Heading>
      <Card id="plans" onTap={() => open(plansPath)}>
        <View className={style.link}>签一次，上一节付一节</View>
      </Card>
      <Heading>先享卡</Heading>
      <Card id="cards" onTap={() => open(cardsPath)}>
        <View className={style.link}>先享受优惠，再做到约定</View>
      </Card>
      {sections.map(({ kind, title }) => (
        <Section key={kind} title={title} items={all.filter((one) => one.kind === kind)} />
      ))}
    </>
  )
}

function Section({ title, items }: { title: string; items: goods.Goods[] }) {
  if (items.length === 0) return null
  return (
    <>
      <Heading>{title}</Heading>
      {items.map((one) => (
        <Card
          key={one.id}
          id={`goods-${one.id}`}
          ariaLabel={`${one.name}，${spokenYuan(one.priceFen)}`}
          onTap={() => open(goodsPath(one.id))}
        >
          <GoodsRow name={one.name} note={one.description} imageUrl={one.imageUrl} priceFen={one.priceFen} />
        </Card>
      ))}
    </>
  )
}
