import type { Kysely } from 'kysely'
import { sql } from 'kysely'
import type { Database } from './database.ts'
import { SettingsError } from './settings/reader.ts'

/** A commit that a power cut can undo would lose payments that WeChat Pay was told we have. @throws SettingsError */
export async function assertDurable(db: Kysely<Database>): Promise<void> {
  const { rows } = await sql<{ name: string; setting: string }>`
    select name, setting from pg_settings where name in ('fsync', 'synchronous_commit')`.execute(db)
  const off = rows.filter((row) => row.setting === 'off').map((row) => row.name)
  if (off.length === 0) return
  const remedy = off.map((name) => `alter system set ${name} = on`).join('; ')
  throw new SettingsError(`DATABASE_URL: ${off.join(' and ')} of this PostgreSQL is off; ${remedy}; then restart it`)
}
