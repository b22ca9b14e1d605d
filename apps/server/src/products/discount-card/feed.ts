import type { Tx } from '../../kernel/db.ts'
import type { Effect } from '../../kernel/effects.ts'
import { restateCardsOf } from './records/restate.ts'

/** Orders feed the cards of who paid: when they are paid, when money goes back, when what was bought is used. */
export const feedingCards = (effect: Effect): Effect => ({
  ...effect,
  async apply(tx, paid) {
    await effect.apply(tx, paid)
    await restateCardsOf(tx, paid.subjectId, paid.now)
  },
  async changed(tx: Tx, change) {
    await effect.changed?.(tx, change)
    await restateCardsOf(tx, change.subjectId, change.now)
  },
})
