import { type Kysely, sql } from 'kysely'
import type { Database } from '../../database.ts'
import type { Tx } from '../../kernel/db.ts'
import type { Which } from './repository.ts'
import type { BillDay, Difference } from './table.ts'

export interface DueDifference extends Difference, Pick<BillDay, 'mchid' | 'date' | 'bill'> {}

/** Whoever took some is gone by then. */
const LEASE_MS = 300_000

interface Claim {
  readonly now: Date
  readonly limit: number
  readonly which?: Which | undefined
}

/** Takes open differences whose time has come: nobody else takes them meanwhile. */
export async function claimDifferences(tx: Tx, { now, limit, which }: Claim): Promise<readonly DueDifference[]> {
  const due = await tx
    .selectFrom('difference')
    .innerJoin('bill_day', 'bill_day.id', 'difference.bill_day_id')
    .selectAll('difference')
    .select(['bill_day.mchid', 'bill_day.date', 'bill_day.bill'])
    .where('next_check_at', '<=', now)
    .$if(which !== undefined, (query) =>
      query.where('bill_day.mchid', '=', which?.mchid ?? '').where('bill_day.date', '=', which?.date ?? ''),
    )
    .orderBy('next_check_at')
    .limit(limit)
    .forUpdate('difference')
    .skipLocked()
    .execute()
  if (due.length === 0) return due
  await tx
    .updateTable('difference')
    .set({ next_check_at: new Date(now.getTime() + LEASE_MS) })
    .where('id', 'in', ids(due))
    .execute()
  return due
}

/** Those of them that are still open count as checked, and are looked at again at that time. */
export async function putOff(tx: Tx, due: readonly DueDifference[], at: Date | null): Promise<readonly Difference[]> {
  return tx
    .updateTable('difference')
    .set({ next_check_at: at, checks: sql<number>`checks + 1` })
    .where('id', 'in', ids(due))
    .where('state', '=', 'open')
    .returningAll()
    .execute()
}

const ids = (differences: readonly DueDifference[]): number[] => differences.map(({ id }) => id)

/** Open differences: how many, what they come to, and how much money they concern. */
export interface OpenSums {
  readonly count: number
  readonly deltaFen: number
  readonly fen: number
}

/** Of all days, or of one. */
export function openSums(db: Kysely<Database>, which?: Which): Promise<OpenSums> {
  return db
    .selectFrom('difference')
    .$if(which !== undefined, (query) =>
      query.where('bill_day_id', 'in', (eb) =>
        eb
          .selectFrom('bill_day')
          .select('id')
          .where('mchid', '=', which?.mchid ?? '')
          .where('date', '=', which?.date ?? ''),
      ),
    )
    .select([
      sql<number>`count(*)`.as('count'),
      sql<number>`coalesce(sum(delta_fen), 0)::bigint`.as('deltaFen'),
      sql<number>`coalesce(sum(abs(delta_fen)), 0)::bigint`.as('fen'),
    ])
    .where('state', '=', 'open')
    .executeTakeFirstOrThrow()
}
