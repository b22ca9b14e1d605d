import type { Effect } from '../../kernel/effects.ts'
import { lockCard } from './repository.ts'

/** What WeChat Pay collected from who did not keep the promise. Money of a card that owes nothing goes back. */
export const cardEffect: Effect = {
  async lock(tx, subjectId) {
    const { state } = await lockCard(tx, subjectId)
    if (state === 'paid') return 'paid'
    return state === 'owing' ? 'waiting' : 'closed'
  },
  async apply(tx, { subjectId, chargeId, paidAt }) {
    await tx
      .updateTable('card')
      .set({ state: 'paid', paid_charge_id: chargeId, paid_at: paidAt, problem: null, unconfirmed: false })
      .where('id', '=', subjectId)
      .where('state', '=', 'owing')
      .executeTakeFirstOrThrow()
  },
}
