import { lessons, type plans } from '@shouyin/contracts/shopper'
import { useDidShow } from '@tarojs/taro'
import { useEffect, useState } from 'react'
import { api } from './api.ts'

/**
 * Parameters of WeChat's own page of a lesson, fetched before they are tapped for; `undefined` without an id, and where
 * the shop has not set that page up.
 */
export function useLessonView(lessonId: string | undefined): plans.BusinessView | undefined {
  const [found, setFound] = useState<{ lessonId: string; view: plans.BusinessView }>()
  const prepare = () => {
    if (!lessonId) return
    const call = api.call(lessons.viewLesson, { id: lessonId })
    call.then((view) => setFound({ lessonId, view })).catch(() => {})
  }
  useEffect(prepare, [lessonId])
  useDidShow(prepare)
  return found?.lessonId === lessonId ? found?.view : undefined
}
