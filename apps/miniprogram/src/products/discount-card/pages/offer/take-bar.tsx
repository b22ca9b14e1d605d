import { Text, View } from '@tarojs/components'
import { open } from '../../../../shared/go.ts'
import { cardsPath } from '../../../../shared/paths.ts'
import { BarItem, BottomBar } from '../../../../shared/ui/bottom-bar.tsx'
import { Button } from '../../../../shared/ui/button.tsx'
import { ErrorRef } from '../../../../shared/ui/error-ref.tsx'
import { cardPath } from '../../paths.ts'
import type { View as TakeView } from '../../take-flow.ts'
import { words } from '../../take-words.ts'
import type { useTake } from '../../use-take.ts'
import style from './index.module.scss'

/** How the taking stands, and the next step, within sight wherever the offer is read. Every change is read out. */
export function TakeBar(taking: ReturnType<typeof useTake>) {
  const { view, error } = taking
  const { title, hint } = words[view]
  return (
    <BottomBar>
      <BarItem>
        <View className={style.status} ariaRole="text" ariaLive="polite">
          <Text id="offer-status" className={style.title}>
            {title}
          </Text>
          <Text className={style.hint}>{hint}</Text>
          {failures.includes(view) && <ErrorRef error={error} />}
        </View>
        <Next {...taking} />
      </BarItem>
    </BottomBar>
  )
}

/** Views whose words are about the latest failure. */
const failures: readonly TakeView[] = ['unreachable', 'unconfirmed', 'failed']
const TAKE = '去微信领取'

/** `take` is a button that WeChat's page opens under, at once. */
const steps: Readonly<Record<TakeView, [does: 'wait' | 'take' | 'ask' | 'card' | 'cards', text: string]>> = {
  preparing: ['wait', TAKE],
  ready: ['take', TAKE],
  opening: ['wait', TAKE],
  away: ['ask', '我回来了，查一下'],
  confirming: ['wait', '正在确认'],
  unconfirmed: ['ask', '再查一次'],
  untaken: ['wait', TAKE],
  again: ['take', TAKE],
  taken: ['card', '看这张卡'],
  holding: ['card', '看这张卡'],
  elsewhere: ['ask', '重新领取'],
  lapsed: ['ask', '重新领取'],
  ended: ['card', '看这张卡'],
  stopped: ['cards', '看别的卡'],
  failed: ['ask', '再试一次'],
  unsupported: ['ask', '再试一次'],
  unreachable: ['ask', '再试一次'],
  unknown: ['ask', '再查一次'],
}

function Next({ view, card, send }: ReturnType<typeof useTake>) {
  const [does, text] = steps[view]
  if (does === 'wait') return <Button busy>{text}</Button>
  const taps = {
    take: () => send('take'),
    ask: () => send('ask'),
    card: () => open(cardPath(card?.id ?? '')),
    cards: () => open(cardsPath),
  }
  return (
    <Button id={does} onTap={taps[does]}>
      {text}
    </Button>
  )
}
