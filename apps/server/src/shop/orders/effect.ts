import type { Effect } from '../../kernel/effects.ts'
import { grant } from '../fulfilment/grant.ts'
import { lockOrder } from './repository.ts'

/** A settled charge pays its order and grants what was bought, in one transaction. */
export const orderEffect: Effect = {
  async lock(tx, subjectId) {
    const { state } = await lockOrder(tx, subjectId)
    return state === 'paid' || state === 'closed' ? state : 'waiting'
  },
  async apply(tx, { subjectId, chargeId, paidAt, now }) {
    await tx
      .updateTable('orders')
      .set({ state: 'paid', paid_charge_id: chargeId, paid_at: paidAt })
      .where('id', '=', subjectId)
      .where('state', 'in', ['pending', 'closing'])
      .executeTakeFirstOrThrow()
    await grant(tx, subjectId, now)
  },
}
