import { View } from '@tarojs/components'
import { open } from '../../../../shared/go.ts'
import { BarItem, BottomBar } from '../../../../shared/ui/bottom-bar.tsx'
import { Button } from '../../../../shared/ui/button.tsx'
import { confirm } from '../../../../shared/wechat.ts'
import type { View as CourseView } from '../../course-flow.ts'
import { cancelQuestion } from '../../course-words.ts'
import type { Course } from '../../lessons-of.ts'
import { planPath } from '../../paths.ts'
import style from './index.module.scss'

export interface ActionProps {
  view: CourseView
  course: Course
  send: (event: 'ask' | 'cancel' | 'pay') => void
}

/** What has still to be signed leads there; what was not heard of can be asked again. */
export function AskOrSign({ view, course: { status, planId, confirming }, send }: ActionProps) {
  if (view === 'waiting' || view === 'unreachable' || status === 'unknown')
    return (
      <BottomBar>
        <BarItem>
          <Button id="ask" kind="plain" onTap={() => send('ask')}>
            再查一次
          </Button>
        </BarItem>
      </BottomBar>
    )
  if (confirming || (status !== 'unsigned' && status !== 'lapsed' && status !== 'failed')) return null
  return (
    <BottomBar>
      <BarItem>
        <Button id="sign-again" onTap={() => open(planPath(planId))}>
          去签约
        </Button>
      </BarItem>
    </BottomBar>
  )
}

/** The way to end the plan, while there is one to end. */
export function CancelPlan({ view, course, send }: ActionProps) {
  if (course.status !== 'signed') return null
  const cancel = async () => {
    if (await confirm(cancelQuestion(course))) send('cancel')
  }
  return (
    <View className={style.cancel}>
      <Button id="cancel-plan" kind="quiet" busy={view === 'cancelling'} onTap={cancel}>
        {view === 'cancelling' ? '正在取消' : '取消计划'}
      </Button>
    </View>
  )
}
