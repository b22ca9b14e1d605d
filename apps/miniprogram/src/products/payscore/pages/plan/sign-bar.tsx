import { Text, View } from '@tarojs/components'
import { open } from '../../../../shared/go.ts'
import { plansPath } from '../../../../shared/paths.ts'
import { BarItem, BottomBar } from '../../../../shared/ui/bottom-bar.tsx'
import { Button } from '../../../../shared/ui/button.tsx'
import { ErrorRef } from '../../../../shared/ui/error-ref.tsx'
import { coursePath } from '../../paths.ts'
import type { View as SignView } from '../../sign-flow.ts'
import { words } from '../../sign-words.ts'
import type { useSign } from '../../use-sign.ts'
import style from './index.module.scss'

/** How the signing stands, and the next step, within sight wherever the offer is read. Every change is read out. */
export function SignBar(signing: ReturnType<typeof useSign>) {
  const { view, error } = signing
  const { title, hint } = words[view]
  return (
    <BottomBar>
      <BarItem>
        <View className={style.status} ariaRole="text" ariaLive="polite">
          <Text id="plan-status" className={style.title}>
            {title}
          </Text>
          <Text className={style.hint}>{hint}</Text>
          {failures.includes(view) && <ErrorRef error={error} />}
        </View>
        <Next {...signing} />
      </BarItem>
    </BottomBar>
  )
}

/** Views whose words are about the latest failure. */
const failures: readonly SignView[] = ['unreachable', 'unconfirmed', 'failed']
const SIGN = '用微信支付分签约'

/** `sign` is a button that WeChat's page opens under, at once. */
const steps: Readonly<Record<SignView, [does: 'wait' | 'sign' | 'ask' | 'course' | 'plans', text: string]>> = {
  preparing: ['wait', SIGN],
  ready: ['sign', SIGN],
  opening: ['wait', SIGN],
  away: ['ask', '我回来了，查一下'],
  confirming: ['wait', '正在确认'],
  unconfirmed: ['ask', '再查一次'],
  unsigned: ['wait', SIGN],
  again: ['sign', SIGN],
  signed: ['course', '去上课'],
  enrolled: ['course', '看我的课程'],
  lapsed: ['ask', '重新签约'],
  ended: ['ask', '重新签约'],
  stopped: ['plans', '看别的课程'],
  failed: ['ask', '再试一次'],
  unsupported: ['ask', '再试一次'],
  unreachable: ['ask', '再试一次'],
  unknown: ['ask', '再查一次'],
}

function Next({ view, signPlan, send }: ReturnType<typeof useSign>) {
  const [does, text] = steps[view]
  if (does === 'wait') return <Button busy>{text}</Button>
  const taps = {
    sign: () => send('sign'),
    ask: () => send('ask'),
    course: () => open(coursePath(signPlan?.id ?? '')),
    plans: () => open(plansPath),
  }
  return (
    <Button id={does} onTap={taps[does]}>
      {text}
    </Button>
  )
}
