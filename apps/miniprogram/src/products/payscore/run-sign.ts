import type { plans } from '@shouyin/contracts/shopper'
import { createWalk } from '../../shared/walk.ts'
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

/** Walks the table of `sign-flow.ts` for one plan. */
export function runSign(opening: Opening, deps: SignDeps, changed: (state: SignState) => void) {
  const { plan, inDoubt } = opening
  const signPlan = inDoubt ? { id: inDoubt } : undefined
  let parameters: Stay['parameters']
  const walk = createWalk<View, SignEvent, SignState>(
    { view: firstView(opening), signPlan, error: undefined },
    {
      step,
      changed,
      work: (view, { note, ...stay }) =>
        viewWork[view]?.(
          {
            ...stay,
            planId: plan.id,
            signPlan: walk.state().signPlan,
            parameters,
            tell: (signPlan) => note({ signPlan, error: undefined }, verdictOf(signPlan)),
            equip: (signPlan, given) => {
              if (!stay.isOver()) parameters = given
              note({ signPlan, error: undefined }, 'parameters')
            },
            lose: (error, refusal) => note({ error }, refusal ?? 'no-answer'),
          },
          deps,
        ),
    },
  )
  const isStale = () => parameters !== undefined && Math.abs(deps.now() - parameters.at) > FRESH_MS

  return {
    ...walk,
    /** Where parameters are at hand, a tap and a return first see to it that they are not too old. */
    send: (event: 'sign' | 'shown' | 'ask' | 'online') =>
      walk.send(
        (event === 'sign' || event === 'shown') && step(walk.state().view, 'stale') && isStale() ? 'stale' : event,
      ),
  }
}
