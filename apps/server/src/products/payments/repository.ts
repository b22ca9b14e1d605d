import { type Kysely, sql } from 'kysely'
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

/** Takes the turn to ask WeChat Pay. The caller holds the lock of the prepay. */
export async function takeAskingTurn(tx: Tx, chargeId: string, until: Date): Promise<void> {
  await tx.updateTable('prepay').set({ asking_until: until }).where('charge_id', '=', chargeId).execute()
}

/** Gives the turn back, unless it took too long and is somebody else's by now. */
export async function endAskingTurn(db: Kysely<Database>, chargeId: string, until: Date): Promise<void> {
  await db
    .updateTable('prepay')
    .set({ asking_until: null })
    .where('charge_id', '=', chargeId)
    .where('asking_until', '=', until)
    .execute()
}

/**
 * Keeps what WeChat Pay answered, also for a charge that is not open any more: there is something to close now. Gives
 * the turn back as `endAskingTurn` does.
 * @returns false when it is not open; then nobody may have this prepay_id
 */
export async function storePrepayId(
  db: Kysely<Database>,
  chargeId: string,
  { prepayId, madeAt, askingUntil }: { readonly prepayId: string; readonly madeAt: Date; readonly askingUntil: Date },
): Promise<boolean> {
  const { state } = await db
    .updateTable('prepay')
    .from('charge')
    .whereRef('charge.id', '=', 'prepay.charge_id')
    .where('charge_id', '=', chargeId)
    .set({ prepay_id: prepayId, made_at: madeAt, asking_until: sql`nullif(asking_until, ${askingUntil})` })
    .returning('charge.state')
    .executeTakeFirstOrThrow()
  return state === 'opened'
}
