import type { plans } from '@shouyin/contracts/shopper'
import { View } from '@tarojs/components'
import { useRouter, useShareAppMessage } from '@tarojs/taro'
import { idOf } from '../../../../shared/id-of.ts'
import { Heading } from '../../../../shared/ui/heading.tsx'
import { Page } from '../../../../shared/ui/page.tsx'
import { Skeleton } from '../../../../shared/ui/skeleton.tsx'
import { Content } from '../../../../shared/ui/states.tsx'
import { useLoad } from '../../../../shared/use-load.ts'
import { planPath } from '../../paths.ts'
import { PlanCard } from '../../plan-card.tsx'
import { loadPlan, planSeen } from '../../plans-seen.ts'
import { useSign } from '../../use-sign.ts'
import style from './index.module.scss'
import { Lessons } from './lessons.tsx'
import { SignBar } from './sign-bar.tsx'
import { Terms } from './terms.tsx'

/** Opens cold from a share card or a poster's code, and logged out: the offer can be read before anybody is asked. */
export default function PlanPage() {
  const id = idOf(useRouter().params)
  const plan = useLoad(
    () => loadPlan(id),
    () => planSeen(id),
  )
  useShareAppMessage(() => ({
    title: plan.value ? `${plan.value.name}，上完一节付一节` : '上完一节付一节的课程',
    path: planPath(id),
  }))
  return (
    <Page>
      <Content of={plan} skeleton={<Skeleton shape="orders" count={3} />}>
        {(value) => <Offer plan={value} />}
      </Content>
    </Page>
  )
}

function Offer({ plan }: { plan: plans.Plan }) {
  const signing = useSign(plan)
  return (
    <>
      <View className={style.offer}>
        <PlanCard plan={plan} />
        <Heading>每节课多少钱</Heading>
        <Lessons plan={plan} />
        <Heading>钱什么时候收</Heading>
        <Terms plan={plan} />
      </View>
      <SignBar {...signing} />
    </>
  )
}
