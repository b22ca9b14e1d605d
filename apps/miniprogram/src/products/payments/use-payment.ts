import { useEffect, useState } from 'react'
import { api } from '../../shared/api.ts'
import { pause } from '../../shared/pause.ts'
import { problemWords } from '../../shared/problem-words.ts'
import { phone, toast } from '../../shared/wechat.ts'
import { type Opening, type PaymentState, runPayment } from './run-payment.ts'
import type { PaymentDeps } from './view-work.ts'

const deps: PaymentDeps = {
  client: api,
  requestPayment: (parameters) => phone.requestPayment(parameters),
  pause,
  explain: (error) => toast(problemWords(error)),
}

/** One order's payment for as long as the page lives; `opening` is read once. */
export function usePayment(opening: Opening): PaymentState & { send: (event: 'pay' | 'cancel' | 'ask') => void } {
  const [state, setState] = useState<PaymentState>()
  const [payment] = useState(() => runPayment(opening, deps, setState))
  useEffect(() => {
    payment.start()
    return payment.stop
  }, [payment])
  return { ...(state ?? payment.state()), send: payment.send }
}
