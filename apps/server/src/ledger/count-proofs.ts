import { type Kysely, sql } from 'kysely'
import type { Database } from '../database.ts'
import type { NotificationKind } from '../kernel/inbox.ts'
import type { MovementTable, Proof, Source } from './table.ts'

/** What tells of a payment. */
const notices = {
  payments: 'payments.transactionSuccess',
  payscore: 'payscore.userPaid',
  'discount-card': 'discountCard.userPaid',
} as const satisfies Record<Source, NotificationKind>

export interface ProofCount {
  readonly mchid: string
  readonly source: Source
  readonly kind: MovementTable['kind']
  readonly proof: Proof
  readonly count: number
}

/** How we learned of what was recorded since then. */
export function countProofs(db: Kysely<Database>, since: Date): Promise<readonly ProofCount[]> {
  return db
    .selectFrom('movement')
    .innerJoin('charge', 'charge.id', 'movement.charge_id')
    .select((eb) => [
      'movement.mchid',
      'charge.source',
      'movement.kind',
      'movement.proof',
      eb.fn.countAll<number>().as('count'),
    ])
    .where('movement.recorded_at', '>', since)
    .groupBy(['movement.mchid', 'charge.source', 'movement.kind', 'movement.proof'])
    .execute()
}

export interface Unnotified {
  readonly mchid: string
  readonly source: Source
  /** Payments recorded since then. */
  readonly count: number
  /** Those of them that a query or a bill had to find, and whose notification did not come afterwards either. */
  readonly unnotified: number
}

/**
 * Payments without their notification. The proof alone would not tell: a phone that comes back from the cashier makes
 * us ask at once, so in good health too the query often is faster.
 */
export async function countUnnotified(db: Kysely<Database>, since: Date): Promise<readonly Unnotified[]> {
  const payments = (await countProofs(db, since)).filter(({ kind }) => kind === 'payment')
  const received = await db
    .selectFrom('notification_inbox')
    .select(['mchid', 'kind', sql<number>`count(*)`.as('count')])
    .where('received_at', '>', since)
    .where('kind', 'in', Object.values(notices))
    .groupBy(['mchid', 'kind'])
    .execute()
  const groups = Map.groupBy(payments, ({ mchid, source }) => JSON.stringify([mchid, source]))
  return [...groups.values()].flatMap((rows) => {
    const [first] = rows
    if (!first) return []
    const { mchid, source } = first
    const count = sum(rows)
    const found = sum(rows.filter(({ proof }) => proof !== 'notification'))
    const notified = sum(received.filter((row) => row.mchid === mchid && row.kind === notices[source]))
    return [{ mchid, source, count, unnotified: Math.min(found, Math.max(0, count - notified)) }]
  })
}

const sum = (rows: readonly { readonly count: number }[]): number => rows.reduce((total, { count }) => total + count, 0)
