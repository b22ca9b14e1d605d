import type { Kysely } from 'kysely'
import type { Database } from '../database.ts'
import { liveStates } from './states.ts'

/**
 * Remembers whether the last question about a live charge was answered: shoppers see an unanswered one as confirming.
 * @returns false when the charge is final; then an answer of the past changes nothing
 */
export async function noteAnswer(db: Kysely<Database>, chargeId: string, answered: boolean): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('charge')
    .set({ unconfirmed: !answered })
    .where('id', '=', chargeId)
    .where('state', 'in', liveStates)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}
