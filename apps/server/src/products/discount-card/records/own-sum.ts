import { type Kysely, sql } from 'kysely'
import type { Database } from '../../../database.ts'

/** Fen of discount that WeChat Pay has accepted of one card, less what was taken back. */
export async function ownSumFen(db: Kysely<Database>, cardId: string): Promise<number> {
  const { fen } = await db
    .selectFrom('card_record')
    .select(
      sql<number>`coalesce(sum(case direction when 'INCREASE' then amount_fen else -amount_fen end), 0)::bigint`.as(
        'fen',
      ),
    )
    .where('card_id', '=', cardId)
    .where('state', '=', 'accepted')
    .executeTakeFirstOrThrow()
  return fen
}
