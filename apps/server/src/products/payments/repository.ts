import type { Kysely } from 'kysely'
import type { Database } from '../../database.ts'
import type { Tx } from '../../kernel/db.ts'
import type { Prepay } from './table.ts'

export async function insertPrepay(tx: Tx, chargeId: string, body: string, askingUntil: Date): Promise<void> {
  await tx.insertInto('prepay').values({ charge_id: chargeId, body, asking_until: askingUntil }).execute()
}

export function findPrepay(db: Kysely<Database>, chargeId: string): Promise<Prepay> {
  return db.selectFrom('prepay').selectAll().where('charge_id', '=', chargeId).executeTakeFirstOrThrow()
}

export function lockPrepay(tx: Tx, chargeId: string): Promise<Prepay> {
  return tx.selectFrom('prepay').selectAll().where('charge_id', '=', chargeId).forUpdate().executeTakeFirstOrThrow()
}

/** The next tap asks WeChat Pay again: it does not know what it gave us. */
export async function distrustPrepayId(db: Kysely<Database>, chargeId: string): Promise<void> {
  await db
    .updateTable('prepay')
    .set({ made_at: new Date(0) })
    .where('charge_id', '=', chargeId)
    .where('prepay_id', 'is not', null)
    .execute()
}

/** Takes the turn to ask WeChat Pay, or gives it back with null. */
export async function setAskingUntil(db: Kysely<Database>, chargeId: string, askingUntil: Date | null): Promise<void> {
  await db.updateTable('prepay').set({ asking_until: askingUntil }).where('charge_id', '=', chargeId).execute()
}

/**
 * Keeps what WeChat Pay answered, as long as the charge is still open.
 * @returns false when it is not: then nobody may have this prepay_id
 */
export async function storePrepayId(tx: Tx, chargeId: string, prepayId: string, madeAt: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('prepay')
    .from('charge')
    .set({ prepay_id: prepayId, made_at: madeAt, asking_until: null })
    .whereRef('charge.id', '=', 'prepay.charge_id')
    .where('prepay.charge_id', '=', chargeId)
    .where('charge.state', '=', 'opened')
    .executeTakeFirst()
  return numUpdatedRows === 1n
}
