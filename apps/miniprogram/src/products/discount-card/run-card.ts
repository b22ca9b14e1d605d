import { createWalk } from '../../shared/walk.ts'
import { type CardEvent, step, type View, verdictOf } from './card-flow.ts'
import type { HeldCard } from './card-of.ts'
import { type CardDeps, viewWork } from './card-work.ts'

export interface CardState {
  view: View
  card: HeldCard
  /** Why the server could not be asked the last time. */
  error: unknown
}

/** Walks the table of `card-flow.ts` for one card. */
export function runCard(opening: HeldCard, deps: CardDeps, changed: (state: CardState) => void) {
  return createWalk<View, CardEvent, CardState>(
    { view: 'checking', card: opening, error: undefined },
    {
      step,
      changed,
      work: (view, { note, ...stay }) =>
        viewWork[view]?.(
          {
            ...stay,
            id: opening.id,
            tell: (card) => note({ card, error: undefined }, verdictOf(card)),
            lose: (error) => note({ error }, 'no-answer'),
          },
          deps,
        ),
    },
  )
}
