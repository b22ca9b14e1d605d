import type { orders } from '@shouyin/contracts/shopper'
import { createWalk } from '../../shared/walk.ts'
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

/** Walks the table of `flow.ts` for one order. */
export function runPayment(opening: Opening, deps: PaymentDeps, changed: (state: PaymentState) => void) {
  const parameters: Stay['parameters'] = { current: undefined }
  const first: PaymentState = { view: firstView(opening), order: opening.order, error: undefined }
  return createWalk<View, PaymentEvent, PaymentState>(first, {
    step,
    changed,
    work: (view, { note, ...stay }) =>
      viewWork[view]?.(
        {
          ...stay,
          id: opening.id,
          parameters,
          tell: (order) => note({ order, error: undefined }, verdictOf(order)),
          lose: (error) => note({ error }, 'no-answer'),
        },
        deps,
      ),
  })
}
