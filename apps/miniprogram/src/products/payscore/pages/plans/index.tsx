import type { plans } from '@shouyin/contracts/shopper'
import { View } from '@tarojs/components'
import { useDidShow, usePullDownRefresh, useShareAppMessage } from '@tarojs/taro'
import { open } from '../../../../shared/go.ts'
import { plansPath } from '../../../../shared/paths.ts'
import { Button } from '../../../../shared/ui/button.tsx'
import { Heading } from '../../../../shared/ui/heading.tsx'
import { Page } from '../../../../shared/ui/page.tsx'
import { Skeleton } from '../../../../shared/ui/skeleton.tsx'
import { Content, Empty } from '../../../../shared/ui/states.tsx'
import { useLoad } from '../../../../shared/use-load.ts'
import { stopPullDownRefresh } from '../../../../shared/wechat.ts'
import { planPath } from '../../paths.ts'
import { PlanCard } from '../../plan-card.tsx'
import { loadPlans } from '../../plans-seen.ts'
import style from './index.module.scss'

export default function PlansPage() {
  const onSale = useLoad(loadPlans)
  useDidShow(() => void onSale.reload())
  usePullDownRefresh(() => onSale.reload().finally(stopPullDownRefresh))
  useShareAppMessage(() => ({ title: '上完一节付一节的课程', path: plansPath }))
  return (
    <Page>
      <Content of={onSale} skeleton={<Skeleton shape="orders" count={3} heading />}>
        {(all) => (all.length === 0 ? <Nothing onRefresh={onSale.reload} /> : <Shelf all={all} />)}
      </Content>
    </Page>
  )
}

function Nothing({ onRefresh }: { onRefresh: () => void }) {
  return (
    <Empty title="还没有课程计划" hint="新的课程正在安排，晚点再来看看">
      <Button onTap={onRefresh}>刷新</Button>
    </Empty>
  )
}

function Shelf({ all }: { all: plans.Plan[] }) {
  return (
    <View className={style.shelf}>
      <Heading>签约时不收钱，每上完一节课扣一次</Heading>
      {all.map((plan) => (
        <PlanCard key={plan.id} plan={plan} onTap={() => open(planPath(plan.id))} />
      ))}
    </View>
  )
}
