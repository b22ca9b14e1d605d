import { type Kysely, type SelectQueryBuilder, sql } from 'kysely'
import type { Database } from '../database.ts'
import type { Tx } from '../kernel/db.ts'
import { lockCharge } from './repository.ts'
import type { Charge, Purpose, Refund } from './table.ts'

/** A refund's key at WeChat Pay. */
export interface RefundNumber {
  readonly mchid: string
  readonly outRefundNo: string
}

type RefundQuery = SelectQueryBuilder<Database, 'refund', Refund>

const byNumber = (query: RefundQuery, { mchid, outRefundNo }: RefundNumber): RefundQuery =>
  query.where('mchid', '=', mchid).where('out_refund_no', '=', outRefundNo)

export const findRefund = (db: Kysely<Database>, number: RefundNumber): Promise<Refund | undefined> =>
  byNumber(db.selectFrom('refund').selectAll(), number).executeTakeFirst()

/** All refunds of what was collected for one subject. */
export const listRefundsOf = (db: Kysely<Database>, purpose: Purpose, subjectId: string): Promise<readonly Refund[]> =>
  db
    .selectFrom('refund')
    .innerJoin('charge', 'charge.id', 'refund.charge_id')
    .selectAll('refund')
    .where('charge.purpose', '=', purpose)
    .where('charge.subject_id', '=', subjectId)
    .execute()

/** Lock order everywhere: the subject, its charge, its refund. */
export const lockRefund = (tx: Tx, id: string): Promise<Refund> =>
  tx.selectFrom('refund').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow()

export const lockRefundByNumber = (tx: Tx, number: RefundNumber): Promise<Refund | undefined> =>
  byNumber(tx.selectFrom('refund').selectAll(), number).forUpdate().executeTakeFirst()

/** Both, in the order of locks. */
export async function lockWithCharge(
  tx: Tx,
  { id, charge_id }: Pick<Refund, 'id' | 'charge_id'>,
): Promise<{ readonly charge: Charge; readonly refund: Refund }> {
  const charge = await lockCharge(tx, charge_id)
  return { charge, refund: await lockRefund(tx, id) }
}

/** Whose 微信退款单号 this is. */
export const findRefundHolder = (tx: Tx, refundId: string): Promise<{ id: string } | undefined> =>
  tx.selectFrom('refund').select('id').where('refund_id', '=', refundId).executeTakeFirst()

export async function moveRefund(tx: Tx, { id, state }: Refund, set: Partial<Refund>): Promise<Refund> {
  return tx
    .updateTable('refund')
    .set(set)
    .where('id', '=', id)
    .where('state', '=', state)
    .returningAll()
    .executeTakeFirstOrThrow()
}

/**
 * Sets the charge's reservation to what its refunds hold: after one of them gave its sum back, or took one that nobody
 * had reserved. WeChat Pay may know more refunds than we thought possible, so it ends at the amount of the charge.
 */
export async function recountRefunds(tx: Tx, chargeId: string): Promise<void> {
  const { fen, count } = await tx
    .selectFrom('refund')
    .select([
      sql<number>`coalesce(sum(amount_fen) filter (where state <> 'closed'), 0)::bigint`.as('fen'),
      sql<number>`count(*)`.as('count'),
    ])
    .where('charge_id', '=', chargeId)
    .where('state', 'not in', ['declined', 'withdrawn'])
    .executeTakeFirstOrThrow()
  await tx
    .updateTable('charge')
    .set({
      refund_reserved_fen: sql<number>`least(amount_fen, ${fen}::bigint)`,
      refund_count: sql<number>`least(50, ${count}::int)`,
    })
    .where('id', '=', chargeId)
    .execute()
}
