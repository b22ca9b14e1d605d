import type { orders } from '@shouyin/contracts/shopper'
import { openingView, type PaymentEvent, step, type View, verdictOf } from './flow.ts'
import { type PaymentDeps, type Stay, viewWork } from './view-work.ts'

export interface PaymentState {
  view: View
  order: orders.Order | undefined
  /** Why the server could not be asked the last time. */
  error: unknown
}
export interface Opening {
  id: string
  /** What is known already. */
  order?: orders.Order
  /** Opens WeChat's sheet at once. */
  pay?: boolean
  /** Another page of this order is not sure yet that nothing was paid. */
  inDoubt?: boolean
}

const firstView = ({ order, pay, inDoubt }: Opening): View => {
  const view = order ? openingView(order) : pay ? 'starting' : 'checking'
  return inDoubt && view === 'checking' ? 'confirming' : view
}

/** Walks the table of `flow.ts` for one order: every view that is entered does its work. */
export function runPayment(opening: Opening, deps: PaymentDeps, changed: (state: PaymentState) => void) {
  const parameters: Stay['parameters'] = { current: undefined }
  let state: PaymentState = { view: firstView(opening), order: opening.order, error: undefined }
  let stays = 0

  function update(members: Partial<PaymentState>): void {
    state = { ...state, ...members }
    changed(state)
  }
  function send(event: PaymentEvent): void {
    const view = step(state.view, event)
    if (view) enter(view)
  }
  function enter(view: View): void {
    stays += 1
    update({ view })
    viewWork[view]?.(stayNumber(stays), deps)
  }
  function stayNumber(mine: number): Stay {
    const isOver = () => mine !== stays
    return {
      id: opening.id,
      parameters,
      isOver,
      send: (event) => {
        if (!isOver()) send(event)
      },
      tell: (order) => {
        if (isOver()) return
        update({ order, error: undefined })
        send(verdictOf(order))
      },
      lose: (error) => {
        if (isOver()) return
        update({ error })
        send('no-answer')
      },
    }
  }

  return {
    start: () => enter(state.view),
    send: (event: 'pay' | 'cancel' | 'ask' | 'online') => send(event),
    /** The page is gone: whatever still runs says nothing any more. */
    stop: () => {
      stays += 1
    },
    state: () => state,
  }
}
