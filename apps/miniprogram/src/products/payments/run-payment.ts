import { orders } from '@shouyin/contracts/shopper'
import type { Client } from '../../shared/client.ts'
import type { Phone } from '../../shared/phone.ts'
import { isFinal } from '../../shared/request-failed.ts'
import { openingView, type PaymentEvent, polls, step, type View, verdictOf } from './flow.ts'

export interface PaymentDeps {
  client: Client
  requestPayment: Phone['requestPayment']
  pause: (ms: number) => Promise<void>
  /** Tells the shopper why an action did not work out. */
  explain: (error: unknown) => void
}
export interface PaymentState {
  view: View
  order: orders.Order | undefined
  /** Why the server could not be asked, in `unreachable`. */
  error: unknown
}
export interface Opening {
  id: string
  /** What is known already. */
  order?: orders.Order
  /** Opens WeChat's sheet at once. */
  pay?: boolean
}

/** Runs the table of `flow.ts`: a view that has work to do starts it when it is entered. */
export function runPayment(opening: Opening, deps: PaymentDeps, changed: (state: PaymentState) => void) {
  const { id } = opening
  let state: PaymentState = {
    view: opening.order ? openingView(opening.order) : opening.pay ? 'starting' : 'checking',
    order: opening.order,
    error: undefined,
  }
  let parameters: orders.PaymentParameters | undefined
  let turn = 0

  function send(event: PaymentEvent): void {
    const view = step(state.view, event)
    if (view) enter(view)
  }
  function enter(view: View): void {
    turn += 1
    state = { ...state, view }
    changed(state)
    work[view]?.(turn)
  }
  /** Work that was left behind by a newer turn, or by the page, says nothing any more. */
  const isStale = (mine: number) => mine !== turn

  async function ask(mine: number): Promise<void> {
    try {
      tell(mine, await deps.client.call(orders.checkOrder, { id }))
    } catch (error) {
      if (isStale(mine)) return
      state = { ...state, error }
      send('no-answer')
    }
  }
  function tell(mine: number, order: orders.Order): void {
    if (isStale(mine)) return
    state = { ...state, order }
    changed(state)
    send(verdictOf(order))
  }
  const poll = (delaysMs: readonly number[]) => async (mine: number) => {
    for (const delayMs of delaysMs) {
      await deps.pause(delayMs)
      if (isStale(mine)) return
      await ask(mine)
    }
    if (!isStale(mine)) send('gave-up')
  }
  /** A refusal leads to the question what became of the order; any other failure has moved no money. */
  function refuse(mine: number, error: unknown): void {
    if (isStale(mine)) return
    deps.explain(error)
    send(isFinal(error) ? 'refused' : 'failed')
  }

  const work: Partial<Record<View, (mine: number) => Promise<void>>> = {
    checking: ask,
    confirming: poll(polls.confirming),
    closing: poll(polls.closing),
    async starting(mine) {
      try {
        parameters = await deps.client.call(orders.startPayment, { id })
        if (!isStale(mine)) send('parameters')
      } catch (error) {
        refuse(mine, error)
      }
    },
    async paying(mine) {
      const claim = parameters && (await deps.requestPayment(parameters).catch(() => 'failed' as const))
      if (!isStale(mine)) send(claim === 'cancelled' ? 'sheet-cancelled' : 'sheet-done')
    },
    async cancelling(mine) {
      try {
        tell(mine, await deps.client.call(orders.cancelOrder, { id }))
      } catch (error) {
        refuse(mine, error)
      }
    },
  }

  return {
    start: () => enter(state.view),
    send: (event: 'pay' | 'cancel' | 'ask') => send(event),
    stop: () => {
      turn += 1
    },
    state: () => state,
  }
}
