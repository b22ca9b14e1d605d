import type { plans } from '@shouyin/contracts/shopper'
import type { Kysely } from 'kysely'
import type { Database } from '../../../database.ts'
import type { Lesson } from '../table.ts'
import { extraMoney } from './extra-money.ts'

/** What the shopper sees of these lessons, in their order. A handful of queries, however many lessons. */
export async function viewLessons(db: Kysely<Database>, rows: readonly Lesson[]): Promise<plans.Lesson[]> {
  const paying = await payingCharges(
    db,
    rows.flatMap((row) => row.paid_charge_id ?? []),
  )
  const ids = rows.map((row) => row.id)
  const [orders, extras] = [await latestOrders(db, ids), await extraMoney(db, ids)]
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    name: row.name,
    originalFen: row.original_fen,
    priceFen: row.price_fen,
    discount: row.discount,
    status: row.state,
    amountFen: row.amount_fen,
    refundedFen: paying.get(row.paid_charge_id ?? '')?.refundedFen ?? 0,
    extraFen: extras.get(row.id)?.amountFen ?? 0,
    extraRefundedFen: extras.get(row.id)?.refundedFen ?? 0,
    startedAt: row.started_at?.toISOString() ?? null,
    completedAt: row.completed_at?.toISOString() ?? null,
    paidAt: row.paid_at?.toISOString() ?? null,
    paidBy: paidBy(row, paying.get(row.paid_charge_id ?? '')?.source),
    orderId: orders.get(row.id) ?? null,
  }))
}

const paidBy = ({ state }: Lesson, source: string | undefined): plans.Lesson['paidBy'] => {
  if (state !== 'paid') return null
  if (source === undefined) return 'free'
  return source === 'payscore' ? 'deduction' : 'order'
}

/** What paid them, and how much of that went back. */
async function payingCharges(db: Kysely<Database>, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, { source: string; refundedFen: number }>()
  const rows = await db
    .selectFrom('charge')
    .leftJoin('movement', (join) =>
      join.onRef('movement.charge_id', '=', 'charge.id').on('movement.kind', '=', 'refund'),
    )
    .select((eb) => ['charge.id', 'charge.source', eb.fn.sum<string | null>('movement.amount_fen').as('sum')])
    .where('charge.id', 'in', ids)
    .groupBy(['charge.id', 'charge.source'])
    .execute()
  return new Map(rows.map(({ id, source, sum }) => [id, { source, refundedFen: Math.abs(Number(sum ?? 0)) }]))
}

/** The latest order that pays, or was to pay, each of them another way. */
async function latestOrders(db: Kysely<Database>, lessonIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (lessonIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('lesson_order')
    .distinctOn('lesson_id')
    .select(['lesson_id', 'order_id'])
    .where('lesson_id', 'in', lessonIds)
    .orderBy('lesson_id')
    .orderBy('order_id', 'desc')
    .execute()
  return new Map(rows.map((row) => [row.lesson_id, row.order_id]))
}
