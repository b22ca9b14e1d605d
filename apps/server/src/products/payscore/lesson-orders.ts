import type { Tx } from '../../kernel/db.ts'
import type { Effect } from '../../kernel/effects.ts'
import { startClosing } from '../../ledger/close.ts'
import { lockLiveCharge } from '../../ledger/repository.ts'
import { moveOrder } from '../../shop/orders/move.ts'
import { lockOrder } from '../../shop/orders/repository.ts'
import { lockLesson } from './repository.ts'

/**
 * Lets an ordinary order pay a lesson. Lock order: the lesson, its orders, their charges. An order for a lesson that is
 * paid already is money twice, one for a lesson that is cancelled comes too late: both go back by themselves.
 */
export const payingLessons = (effect: Effect): Effect => ({
  ...effect,
  async lock(tx, orderId) {
    const lessonId = await lessonOf(tx, orderId)
    const state = lessonId && (await lockLesson(tx, lessonId)).state
    const order = await effect.lock(tx, orderId)
    if (!state || order !== 'waiting' || state === 'deducting') return order
    return state === 'paid' ? 'paid' : 'closed'
  },
  async apply(tx, paid) {
    await effect.apply(tx, paid)
    const lessonId = await lessonOf(tx, paid.subjectId)
    if (!lessonId) return
    await tx
      .updateTable('lesson')
      .set({ state: 'paid', paid_charge_id: paid.chargeId, paid_at: paid.paidAt, sync_paid_at: paid.paidAt })
      .where('id', '=', lessonId)
      .where('state', '=', 'deducting')
      .executeTakeFirstOrThrow()
    await closeOrdersOf(tx, lessonId, paid.now)
    // The deduction is still under way at WeChat Pay: it has to hear of this now.
    await tx
      .updateTable('charge')
      .set({ next_query_at: paid.now, query_count: 0 })
      .where('purpose', '=', 'lesson')
      .where('subject_id', '=', lessonId)
      .where('state', 'in', ['opened', 'closing'])
      .execute()
  },
})

async function lessonOf(tx: Tx, orderId: string): Promise<string | undefined> {
  const link = await tx
    .selectFrom('lesson_order')
    .select('lesson_id')
    .where('order_id', '=', orderId)
    .executeTakeFirst()
  return link?.lesson_id
}

/** Whether one of its orders may still turn out to be paid. */
export const hasOpenOrder = async (tx: Tx, lessonId: string): Promise<boolean> =>
  (await tx
    .selectFrom('lesson_order')
    .innerJoin('orders', 'orders.id', 'lesson_order.order_id')
    .select('orders.id')
    .where('lesson_order.lesson_id', '=', lessonId)
    .where('orders.state', 'in', ['pending', 'closing'])
    .executeTakeFirst()) !== undefined

/** Nobody shall pay the lesson with them any more. The caller holds the lock of the lesson. */
export async function closeOrdersOf(tx: Tx, lessonId: string, now: Date): Promise<void> {
  const open = await tx
    .selectFrom('lesson_order')
    .innerJoin('orders', 'orders.id', 'lesson_order.order_id')
    .select('orders.id')
    .where('lesson_order.lesson_id', '=', lessonId)
    .where('orders.state', '=', 'pending')
    .execute()
  for (const { id } of open) {
    const order = await lockOrder(tx, id)
    const charge = await lockLiveCharge(tx, 'order', id)
    await moveOrder(tx, order, 'closing')
    if (charge) await startClosing(tx, charge, now)
  }
}
