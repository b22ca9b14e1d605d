import type { Kysely } from 'kysely'
import type { Database } from '../../../database.ts'

/** What was collected for a lesson beside what paid it, and how much of that has gone back. */
export interface ExtraMoney {
  readonly amountFen: number
  readonly refundedFen: number
}

/** Of these lessons, by id: WeChat deducted, and an order was paid as well, or too late. It goes back by itself. */
export async function extraMoney(
  db: Kysely<Database>,
  lessonIds: readonly string[],
): Promise<ReadonlyMap<string, ExtraMoney>> {
  const extras = new Map<string, ExtraMoney>()
  if (lessonIds.length === 0) return extras
  const rows = await db
    .selectFrom('charge')
    .leftJoin('lesson_order', 'lesson_order.order_id', 'charge.subject_id')
    .leftJoin('movement', (join) =>
      join.onRef('movement.charge_id', '=', 'charge.id').on('movement.kind', '=', 'refund'),
    )
    .select((eb) => [
      'charge.id',
      'charge.amount_fen',
      eb.fn.coalesce('lesson_order.lesson_id', 'charge.subject_id').as('lessonId'),
      eb.fn.sum<string | null>('movement.amount_fen').as('back'),
    ])
    .where('charge.settlement', 'in', ['paid_twice', 'paid_after_close'])
    .where((eb) =>
      eb.or([
        eb.and([eb('charge.purpose', '=', 'lesson'), eb('charge.subject_id', 'in', lessonIds)]),
        eb('lesson_order.lesson_id', 'in', lessonIds),
      ]),
    )
    .groupBy(['charge.id', 'charge.amount_fen', 'lessonId'])
    .execute()
  for (const { lessonId, amount_fen, back } of rows) {
    const { amountFen, refundedFen } = extras.get(lessonId) ?? { amountFen: 0, refundedFen: 0 }
    extras.set(lessonId, {
      amountFen: amountFen + amount_fen,
      refundedFen: refundedFen + Math.abs(Number(back ?? 0)),
    })
  }
  return extras
}
