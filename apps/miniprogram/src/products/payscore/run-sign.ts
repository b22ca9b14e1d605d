import type { plans } from '@shouyin/contracts/shopper'
import { FRESH_MS, type SignEvent, step, type View, verdictOf } from './sign-flow.ts'
import { type SignDeps, type Stay, viewWork } from './sign-work.ts'

export interface SignState {
  view: View
  /** What was signed, or is about to be. */
  signPlan: { readonly id: string } | undefined
  /** Why the server could not be asked the last time. */
  error: unknown
}
export interface Opening {
  plan: Pick<plans.Plan, 'id' | 'onSale'>
  /** WeChat's page was opened for it, and the app died before anybody asked what became of it. */
  inDoubt?: string | undefined
}

const firstView = ({ plan, inDoubt }: Opening): View => {
  if (inDoubt) return 'confirming'
  return plan.onSale ? 'preparing' : 'stopped'
}

/** Walks the table of `sign-flow.ts` for one plan: every view that is entered does its work. */
export function runSign(opening: Opening, deps: SignDeps, changed: (state: SignState) => void) {
  const { plan, inDoubt } = opening
  let state: SignState = { view: firstView(opening), signPlan: inDoubt ? { id: inDoubt } : undefined, error: undefined }
  let parameters: Stay['parameters']
  let stays = 0

  function update(members: Partial<SignState>): void {
    state = { ...state, ...members }
    changed(state)
  }
  function send(event: SignEvent): void {
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
      planId: plan.id,
      signPlan: state.signPlan,
      parameters,
      isOver,
      send: (event) => {
        if (!isOver()) send(event)
      },
      tell: (signPlan) => {
        if (isOver()) return
        update({ signPlan, error: undefined })
        send(verdictOf(signPlan))
      },
      equip: (signPlan, given) => {
        if (isOver()) return
        parameters = given
        update({ signPlan, error: undefined })
        send('parameters')
      },
      lose: (error, refusal) => {
        if (isOver()) return
        update({ error })
        send(refusal ?? 'no-answer')
      },
    }
  }
  const isStale = () => parameters !== undefined && Math.abs(deps.now() - parameters.at) > FRESH_MS

  return {
    start: () => enter(state.view),
    /** Where parameters are at hand, a tap and a return first see to it that they are not too old. */
    send: (event: 'sign' | 'shown' | 'ask' | 'online') =>
      send((event === 'sign' || event === 'shown') && step(state.view, 'stale') && isStale() ? 'stale' : event),
    /** The page is gone: whatever still runs says nothing any more. */
    stop: () => {
      stays += 1
    },
    state: () => state,
  }
}
