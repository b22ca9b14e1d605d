import { useDidHide, useDidShow } from '@tarojs/taro'
import { useEffect, useRef, useState } from 'react'
import { api } from '../../shared/api.ts'
import { pause } from '../../shared/pause.ts'
import { problemWords } from '../../shared/problem-words.ts'
import { onOnline, phone, toast } from '../../shared/wechat.ts'
import { isInDoubt, noteDoubt, noteSheet, rememberOrders } from '../../shop/orders-seen.ts'
import { doubts } from './flow.ts'
import { type Opening, type PaymentState, runPayment } from './run-payment.ts'
import type { PaymentDeps } from './view-work.ts'

const deps: Omit<PaymentDeps, 'isSeen'> = {
  client: api,
  requestPayment: (parameters) => phone.requestPayment(parameters),
  pause,
  explain: (error) => toast(problemWords(error)),
}

/**
 * One order's payment for as long as the page lives; `opening` is read once. A page that is seen again asks again, and
 * so does one whose network comes back.
 */
export function usePayment(opening: Opening): PaymentState & { send: (event: 'pay' | 'cancel' | 'ask') => void } {
  const [state, setState] = useState<PaymentState>()
  const seen = useRef(true)
  const [payment] = useState(() => {
    const inDoubt = isInDoubt(opening.id)
    return runPayment({ ...opening, inDoubt }, { ...deps, isSeen: () => seen.current }, (next) => {
      if (next.order) rememberOrders(next.order)
      if (next.view === 'paying') noteSheet(opening.id)
      noteDoubt(opening.id, doubts[next.view])
      setState(next)
    })
  })
  useEffect(() => {
    payment.start()
    const offOnline = onOnline(() => payment.send('online'))
    return () => {
      offOnline()
      payment.stop()
    }
  }, [payment])
  useDidShow(() => {
    seen.current = true
    payment.send('ask')
  })
  useDidHide(() => {
    seen.current = false
  })
  return { ...(state ?? payment.state()), send: payment.send }
}
