import { useDidHide, useDidShow } from '@tarojs/taro'
import { useEffect, useState } from 'react'
import { pause } from '../../shared/pause.ts'
import { cardPages } from '../../shared/wechat/card-page.ts'
import { onOnline } from '../../shared/wechat.ts'
import { api } from './api.ts'
import type { HeldCard } from './card-of.ts'
import { asking, cardSeen, noteReturn, rememberCards } from './cards-seen.ts'
import { type CardState, runCard } from './run-card.ts'

/** What is known of it: how it stands is not, once WeChat could not be asked. */
function asKnown({ view, card, error }: CardState): HeldCard {
  const isUnsure = error !== undefined || view === 'unreachable'
  return isUnsure ? { ...card, confirming: true } : (cardSeen(card.id) ?? card)
}

/** One card for as long as the page lives; `opening` is read once. A page that is seen again asks again. */
export function useCard(opening: HeldCard): CardState & { send: (event: 'ask') => void } {
  const [state, setState] = useState<CardState>()
  const [running] = useState(() =>
    runCard(opening, { client: api, pause, asking: () => asking(opening.id) }, (next) => {
      rememberCards(next.card)
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
    const stops = [onOnline(() => running.send('online')), cardPages.onReturn(returned)]
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
  return { ...now, card: asKnown(now), send: running.send }
}
