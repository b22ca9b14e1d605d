import { useDidHide, useDidShow } from '@tarojs/taro'
import { useEffect, useRef, useState } from 'react'
import { replace } from '../../shared/go.ts'
import { pause } from '../../shared/pause.ts'
import { businessViews } from '../../shared/wechat/business-view.ts'
import { onOnline, toast } from '../../shared/wechat.ts'
import { api } from './api.ts'
import { coursePath } from './paths.ts'
import { type Opening, runSign, type SignState } from './run-sign.ts'
import { doubts } from './sign-flow.ts'
import type { SignDeps } from './sign-work.ts'
import { signsInDoubt } from './signs-in-doubt.ts'

const deps: Omit<SignDeps, 'enterCourse'> = {
  client: api,
  openBusinessView: businessViews.open,
  pause,
  now: Date.now,
}

function remember(planId: string, { view, signPlan }: SignState): void {
  const isInDoubt = doubts[view]
  if (isInDoubt !== undefined && signPlan) signsInDoubt.note(planId, signPlan.id, isInDoubt)
}

/**
 * The signing of one plan for as long as the page lives; `plan` is read once. A page that is seen again after WeChat's
 * asks what became of it, whether or not WeChat says where the shopper comes from.
 */
export function useSign(plan: Opening['plan']): SignState & { send: (event: 'sign' | 'ask') => void } {
  const [state, setState] = useState<SignState>()
  const seen = useRef(true)
  const [signing] = useState(() => {
    const enterCourse = async (signPlanId: string) => {
      if (!seen.current || !(await replace(coursePath(signPlanId)))) return
      toast('签约成功')
    }
    return runSign({ plan, inDoubt: signsInDoubt.read(plan.id) }, { ...deps, enterCourse }, (next) => {
      remember(plan.id, next)
      setState(next)
    })
  })
  useEffect(() => {
    signing.start()
    const stops = [onOnline(() => signing.send('online')), businessViews.onReturn(() => signing.send('shown'))]
    return () => {
      for (const stop of stops) stop()
      signing.stop()
    }
  }, [signing])
  useDidShow(() => {
    seen.current = true
    signing.send('shown')
  })
  useDidHide(() => {
    seen.current = false
  })
  return { ...(state ?? signing.state()), send: signing.send }
}
