import type { Kysely } from 'kysely'
import type { Database } from '../database.ts'
import type { Tx } from '../kernel/db.ts'
import { liveStates } from './states.ts'
import { type Charge, collectedByWechat, type Purpose } from './table.ts'

/** A charge's key at WeChat Pay. */
export interface ChargeNumber {
  readonly mchid: string
  readonly outTradeNo: string
}

export function findCharge(db: Kysely<Database>, { mchid, outTradeNo }: ChargeNumber): Promise<Charge | undefined> {
  return db
    .selectFrom('charge')
    .selectAll()
    .where('mchid', '=', mchid)
    .where('out_trade_no', '=', outTradeNo)
    .executeTakeFirst()
}

/**
 * Whose money a refund gives back. WeChat Pay calls a deduction by a 商户订单号 of its own, so that only 微信订单号 finds it;
 * what was ordered under a number of ours has that number.
 */
export async function findRefundedCharge(
  db: Kysely<Database>,
  { mchid, outTradeNo, transactionId }: ChargeNumber & { readonly transactionId: string },
): Promise<Charge | undefined> {
  const deducted = db
    .selectFrom('charge')
    .selectAll()
    .where('mchid', '=', mchid)
    .where('source', 'in', collectedByWechat)
    .where('transaction_id', '=', transactionId)
  return (await findCharge(db, { mchid, outTradeNo })) ?? deducted.executeTakeFirst()
}

/** WeChat Pay makes a transaction once, of whatever merchant. */
export const findTransactionHolder = (
  db: Kysely<Database>,
  transactionId: string,
): Promise<Pick<Charge, 'id'> | undefined> =>
  db.selectFrom('charge').select('id').where('transaction_id', '=', transactionId).executeTakeFirst()

/** Lock order everywhere: the subject first, then its charge. */
export function lockCharge(tx: Tx, id: string): Promise<Charge> {
  return tx.selectFrom('charge').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow()
}

export function findLiveCharge(db: Kysely<Database>, purpose: Purpose, subjectId: string): Promise<Charge | undefined> {
  return db
    .selectFrom('charge')
    .selectAll()
    .where('purpose', '=', purpose)
    .where('subject_id', '=', subjectId)
    .where('state', 'in', liveStates)
    .executeTakeFirst()
}

export function lockLiveCharge(tx: Tx, purpose: Purpose, subjectId: string): Promise<Charge | undefined> {
  return tx
    .selectFrom('charge')
    .selectAll()
    .where('purpose', '=', purpose)
    .where('subject_id', '=', subjectId)
    .where('state', 'in', liveStates)
    .forUpdate()
    .executeTakeFirst()
}

/** By 商户订单号 or 微信订单号. */
export function findChargeByNumber(
  db: Kysely<Database>,
  { mchid, number }: { readonly mchid: string; readonly number: string },
): Promise<Charge | undefined> {
  return db
    .selectFrom('charge')
    .selectAll()
    .where('mchid', '=', mchid)
    .where((eb) => eb.or([eb('out_trade_no', '=', number), eb('transaction_id', '=', number)]))
    .executeTakeFirst()
}

/** Every charge of these subjects, newest first. */
export function listCharges(
  db: Kysely<Database>,
  purpose: Purpose,
  subjectIds: readonly string[],
): Promise<readonly Charge[]> {
  if (subjectIds.length === 0) return Promise.resolve([])
  return db
    .selectFrom('charge')
    .selectAll()
    .where('purpose', '=', purpose)
    .where('subject_id', 'in', subjectIds)
    .orderBy('id', 'desc')
    .execute()
}

/** The newest charge of each subject. */
export function latestCharges(
  db: Kysely<Database>,
  purpose: Purpose,
  subjectIds: readonly string[],
): Promise<readonly Charge[]> {
  if (subjectIds.length === 0) return Promise.resolve([])
  return db
    .selectFrom('charge')
    .distinctOn('subject_id')
    .selectAll()
    .where('purpose', '=', purpose)
    .where('subject_id', 'in', subjectIds)
    .orderBy('subject_id')
    .orderBy('id', 'desc')
    .execute()
}
