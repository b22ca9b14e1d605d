import type { Kysely } from 'kysely'
import type { Database } from '../database.ts'
import type { Tx } from '../kernel/db.ts'
import type { Movement } from './table.ts'

/** One row per real movement; the database refuses a second row for one payment or refund. */
export async function recordMovement(tx: Tx, movement: Movement): Promise<void> {
  await tx.insertInto('movement').values(movement).execute()
}

/** What went back, by subject: derived, never stored. A second payment that went back leaves the first one as it is. */
export async function refundedFen(
  db: Kysely<Database>,
  subjectIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (subjectIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('movement')
    .innerJoin('charge', 'charge.id', 'movement.charge_id')
    .select((eb) => ['charge.subject_id', eb.fn.sum<string>('movement.amount_fen').as('sum')])
    .where('movement.kind', '=', 'refund')
    .where('charge.subject_id', 'in', subjectIds)
    .where('charge.settlement', 'is distinct from', 'paid_twice')
    .groupBy('charge.subject_id')
    .execute()
  return new Map(rows.map((row) => [row.subject_id, -Number(row.sum)]))
}
