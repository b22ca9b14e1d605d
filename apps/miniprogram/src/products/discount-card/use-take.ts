import { useDidHide, useDidShow } from '@tarojs/taro'
import { useEffect, useRef, useState } from 'react'
import { replace } from '../../shared/go.ts'
import { pause } from '../../shared/pause.ts'
import { cardPages } from '../../shared/wechat/card-page.ts'
import { onOnline, toast } from '../../shared/wechat.ts'
import { api } from './api.ts'
import { cardPath } from './paths.ts'
import { type Opening, runTake, type TakeState } from './run-take.ts'
import { doubts } from './take-flow.ts'
import type { TakeDeps } from './take-work.ts'
import { takesInDoubt } from './takes-in-doubt.ts'

const deps: Omit<TakeDeps, 'enterCard'> = {
  client: api,
  openCardPage: cardPages.open,
  pause,
  now: Date.now,
}

function remember(offerId: string, { view, card }: TakeState): void {
  const isInDoubt = doubts[view]
  if (isInDoubt !== undefined && card) takesInDoubt.note(offerId, card.id, isInDoubt)
}

/**
 * The taking of one card for as long as the page lives; `offer` is read once. A page that is seen again after WeChat's
 * asks what became of it, whether or not WeChat says where the shopper comes from.
 */
export function useTake(offer: Opening['offer']): TakeState & { send: (event: 'take' | 'ask') => void } {
  const [state, setState] = useState<TakeState>()
  const seen = useRef(true)
  const [taking] = useState(() => {
    const enterCard = async (cardId: string) => {
      if (!seen.current || !(await replace(cardPath(cardId)))) return
      toast('领到了')
    }
    return runTake({ offer, inDoubt: takesInDoubt.read(offer.id) }, { ...deps, enterCard }, (next) => {
      remember(offer.id, next)
      setState(next)
    })
  })
  useEffect(() => {
    taking.start()
    const stops = [onOnline(() => taking.send('online')), cardPages.onReturn(() => taking.send('shown'))]
    return () => {
      for (const stop of stops) stop()
      taking.stop()
    }
  }, [taking])
  useDidShow(() => {
    seen.current = true
    taking.send('shown')
  })
  useDidHide(() => {
    seen.current = false
  })
  return { ...(state ?? taking.state()), send: taking.send }
}
