import type { orders } from '@shouyin/contracts/shopper'
import { useDidHide, useDidShow } from '@tarojs/taro'
import { useEffect, useState } from 'react'
import { open } from '../../shared/go.ts'
import { orderPath, resultPath } from '../../shared/paths.ts'
import { pause } from '../../shared/pause.ts'
import { problemWords } from '../../shared/problem-words.ts'
import { businessViews } from '../../shared/wechat/business-view.ts'
import { onOnline, toast } from '../../shared/wechat.ts'
import { orderSeen, rememberOrders } from '../../shop/orders-seen.ts'
import { api } from './api.ts'
import { unsure } from './course-flow.ts'
import type { CourseDeps } from './course-work.ts'
import { asking, courseSeen, noteReturn, rememberCourses } from './courses-seen.ts'
import type { Course } from './lessons-of.ts'
import { type CourseState, runCourse } from './run-course.ts'

/** An order that may be paid already is looked at first; any other opens WeChat's sheet. */
function openOrder(order: orders.Order): Promise<void> {
  rememberOrders(order)
  const { status, confirming } = orderSeen(order.id) ?? order
  return open(status === 'pending' && !confirming ? resultPath(order.id, { pay: true }) : orderPath(order.id))
}

const deps: Omit<CourseDeps, 'asking'> = {
  client: api,
  pause,
  openOrder,
  explain: (error) => toast(problemWords(error)),
}

/** What is known of it: nothing of its money, as long as the last answer is of before. */
function asKnown({ view, course, error }: CourseState): Course {
  const isUnsure = error !== undefined || unsure.includes(view)
  return isUnsure ? { ...course, confirming: true } : (courseSeen(course.id) ?? course)
}

/** One course for as long as the page lives; `opening` is read once. A page that is seen again asks again. */
export function useCourse(opening: Course): CourseState & { send: (event: 'ask' | 'cancel' | 'pay') => void } {
  const [state, setState] = useState<CourseState>()
  const [running] = useState(() =>
    runCourse(opening, { ...deps, asking: () => asking(opening.id) }, (next) => {
      rememberCourses(next.course)
      setState(next)
    }),
  )
  useEffect(() => {
    running.start()
    // Where WeChat's page does not hide ours, coming back from it is all there is.
    const returned = () => {
      noteReturn(opening.id)
      running.send('ask')
    }
    const stops = [onOnline(() => running.send('online')), businessViews.onReturn(returned)]
    return () => {
      for (const stop of stops) stop()
      running.stop()
    }
  }, [running, opening.id])
  useDidShow(() => {
    noteReturn(opening.id)
    running.send('show')
  })
  useDidHide(() => running.send('hide'))
  const now = state ?? running.state()
  return { ...now, course: asKnown(now), send: running.send }
}
