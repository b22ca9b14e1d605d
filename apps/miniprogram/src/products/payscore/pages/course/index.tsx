import { plans } from '@shouyin/contracts/shopper'
import { useRouter } from '@tarojs/taro'
import { Page } from '../../../../shared/ui/page.tsx'
import { Skeleton } from '../../../../shared/ui/skeleton.tsx'
import { Content } from '../../../../shared/ui/states.tsx'
import { useLoad } from '../../../../shared/use-load.ts'
import { api } from '../../api.ts'
import { courseSeen } from '../../courses-seen.ts'
import { CourseDetails } from './details.tsx'

/** Opens with `?id=` of a plan that the shopper signed, or was about to. */
export default function CoursePage() {
  const { id = '' } = useRouter().params
  const course = useLoad(
    () => api.call(plans.getSignPlan, { id }),
    () => courseSeen(id),
  )
  return (
    <Page>
      <Content of={course} skeleton={<Skeleton shape="orders" count={4} heading />}>
        {(opening) => <CourseDetails opening={opening} />}
      </Content>
    </Page>
  )
}
