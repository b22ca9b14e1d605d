import { View } from '@tarojs/components'
import { useDidShow, usePullDownRefresh, useReachBottom } from '@tarojs/taro'
import { open } from '../../../../shared/go.ts'
import { plansPath } from '../../../../shared/paths.ts'
import { Button } from '../../../../shared/ui/button.tsx'
import { Page } from '../../../../shared/ui/page.tsx'
import { Skeleton } from '../../../../shared/ui/skeleton.tsx'
import { Content, Empty } from '../../../../shared/ui/states.tsx'
import { stopPullDownRefresh } from '../../../../shared/wechat.ts'
import { useCourses } from '../../use-courses.ts'
import { CourseCard } from './course-card.tsx'
import style from './index.module.scss'

/** What the shopper has signed, newest first. */
export default function MinePage() {
  const { newest, list, isUnsure, hasMore, showMore, show, refresh } = useCourses()
  useDidShow(() => void show())
  usePullDownRefresh(() => refresh().finally(stopPullDownRefresh))
  useReachBottom(showMore)
  return (
    <Page>
      <Content of={newest} skeleton={<Skeleton shape="orders" count={3} />}>
        {() =>
          list.length === 0 && isUnsure ? (
            <Empty title="签约还在确认" hint="还没有问到签好了没有。签约不收钱，请过一会儿再查">
              <Button id="ask" onTap={refresh}>
                再查一次
              </Button>
            </Empty>
          ) : list.length === 0 ? (
            <Empty title="还没有课程" hint="签约一个课程计划，上一节付一节">
              <Button id="plans" onTap={() => open(plansPath)}>
                看看课程计划
              </Button>
            </Empty>
          ) : (
            <View className={style.list}>
              {list.map((course) => (
                <CourseCard key={course.id} course={course} />
              ))}
              <View className={style.end}>{hasMore ? '正在加载更多' : '没有更多了'}</View>
            </View>
          )
        }
      </Content>
    </Page>
  )
}
