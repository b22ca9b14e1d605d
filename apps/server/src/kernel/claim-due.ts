import type { Selectable } from 'kysely'
import type { Database } from '../database.ts'
import type { Tx } from './db.ts'

interface Row {
  readonly id: string
  readonly next_query_at: Date | null
  readonly query_count: number
}

/** What WeChat Pay is asked about again and again. */
type Asked = { [Table in keyof Database]: Selectable<Database[Table]> extends Row ? Table : never }[keyof Database]

interface Due<Claimed> {
  readonly now: Date
  readonly limit: number
  readonly nextQueryAt: (row: Claimed) => Date
}

/** Takes rows whose time has come, and sets their next one: nobody else takes them meanwhile. @returns them as they were */
export async function claimDue<Table extends Asked>(
  tx: Tx,
  table: Table,
  { now, limit, nextQueryAt }: Due<Selectable<Database[Table]>>,
): Promise<readonly Selectable<Database[Table]>[]> {
  const due = await tx
    .selectFrom<Asked>(table)
    .selectAll()
    .where('next_query_at', '<=', now)
    .orderBy('next_query_at')
    .limit(limit)
    .forNoKeyUpdate()
    .skipLocked()
    .execute()
  const claimed = due as unknown as (Row & Selectable<Database[Table]>)[]
  for (const row of claimed) {
    const set = { next_query_at: nextQueryAt(row), query_count: row.query_count + 1 }
    await tx.updateTable<Asked>(table).set(set).where('id', '=', row.id).execute()
  }
  return claimed
}
