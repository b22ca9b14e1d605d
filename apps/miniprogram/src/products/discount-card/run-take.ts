import type { cards } from '@shouyin/contracts/shopper'
import { createWalk } from '../../shared/walk.ts'
import { FRESH_MS, step, type TakeEvent, type View, verdictOf } from './take-flow.ts'
import { type Stay, type TakeDeps, viewWork } from './take-work.ts'

export interface TakeState {
  view: View
  /** What was taken, or is about to be. */
  card: { readonly id: string } | undefined
  /** Why the server could not be asked the last time. */
  error: unknown
}
export interface Opening {
  offer: Pick<cards.CardOffer, 'id' | 'onOffer'>
  /** WeChat's page was opened for it, and the app died before anybody asked what became of it. */
  inDoubt?: string | undefined
}

const firstView = ({ offer, inDoubt }: Opening): View => {
  if (inDoubt) return 'confirming'
  return offer.onOffer ? 'preparing' : 'stopped'
}

/** Walks the table of `take-flow.ts` for one offer. */
export function runTake(opening: Opening, deps: TakeDeps, changed: (state: TakeState) => void) {
  const { offer, inDoubt } = opening
  const card = inDoubt ? { id: inDoubt } : undefined
  let parameters: Stay['parameters']
  const walk = createWalk<View, TakeEvent, TakeState>(
    { view: firstView(opening), card, error: undefined },
    {
      step,
      changed,
      work: (view, { note, ...stay }) =>
        viewWork[view]?.(
          {
            ...stay,
            offerId: offer.id,
            card: walk.state().card,
            parameters,
            tell: (card) => note({ card, error: undefined }, verdictOf(card)),
            equip: (card, given) => {
              if (!stay.isOver()) parameters = given
              note({ card, error: undefined }, 'parameters')
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
    /** Where a token is at hand, a tap and a return first see to it that it is not too old. */
    send: (event: 'take' | 'shown' | 'ask' | 'online') =>
      walk.send(
        (event === 'take' || event === 'shown') && step(walk.state().view, 'stale') && isStale() ? 'stale' : event,
      ),
  }
}
