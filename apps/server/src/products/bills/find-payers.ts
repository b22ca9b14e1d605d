import type { Kysely } from 'kysely'
import type { Database } from '../../database.ts'
import type { Payer } from './asking.ts'
import type { DueDifference } from './differences.ts'

/** Who paid what the bill has and our books lack, each of them once. */
export async function findPayers(db: Kysely<Database>, due: readonly DueDifference[]): Promise<readonly Payer[]> {
  const [first] = due
  if (!first) return []
  const rows = await db
    .selectFrom('bill_row')
    .select('openid')
    .distinct()
    .where('bill_day_id', '=', first.bill_day_id)
    .where('refund_id', 'is', null)
    .where(
      'transaction_id',
      'in',
      due.map(({ reference }) => reference),
    )
    .where('openid', '<>', '')
    .execute()
  return rows.map(({ openid }) => ({ mchid: first.mchid, openid }))
}
