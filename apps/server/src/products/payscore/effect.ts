import type { Effect } from '../../kernel/effects.ts'
import { closeOrdersOf } from './lesson-orders.ts'
import { lockLesson } from './repository.ts'

/** A settled deduction pays its lesson. An order that was to pay it another way is not wanted any more. */
export const lessonEffect: Effect = {
  async lock(tx, subjectId) {
    const { state } = await lockLesson(tx, subjectId)
    if (state === 'paid') return 'paid'
    return state === 'cancelled' ? 'closed' : 'waiting'
  },
  async apply(tx, { subjectId, chargeId, paidAt, now }) {
    await tx
      .updateTable('lesson')
      .set({ state: 'paid', paid_charge_id: chargeId, paid_at: paidAt, next_query_at: null, problem: null })
      .where('id', '=', subjectId)
      .where('state', 'in', ['deducting', 'cancelling'])
      .executeTakeFirstOrThrow()
    await closeOrdersOf(tx, subjectId, now)
  },
}
