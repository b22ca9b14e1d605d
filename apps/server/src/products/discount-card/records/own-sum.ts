import type { Kysely } from 'kysely'
import type { Database } from '../../../database.ts'

/** To be written by the owner of the records: accepted, net. */
export async function ownSumFen(_db: Kysely<Database>, _cardId: string): Promise<number> {
  return 0
}
