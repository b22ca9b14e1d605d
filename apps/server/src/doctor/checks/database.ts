import { sql } from 'kysely'
import { assertDurable } from '../../live.ts'
import { migrations } from '../../migrate.ts'
import { SettingsError } from '../../settings/reader.ts'
import type { Check, DoctorCtx } from '../context.ts'

const name = 'database'

/** It answers, has this version's tables, and keeps what it commits. */
export const checkDatabase: Check = async (ctx) => {
  let missing: readonly string[]
  try {
    missing = await missingMigrations(ctx)
  } catch (error) {
    const code = error instanceof Error ? (Reflect.get(error, 'code') ?? error.message) : 'no answer'
    const remedy = 'check that PostgreSQL runs and that host, name, user and password of DATABASE_URL are right'
    return { name, status: 'fail', what: `the database cannot be used (${String(code)})`, remedy }
  }
  if (missing.length > 0) {
    return { name, status: 'fail', what: `${missing.join(', ')} not applied`, remedy: 'run: pnpm shouyin migrate' }
  }
  try {
    await assertDurable(ctx.db)
    return { name, status: 'ok', what: `all ${migrations.length} migrations, fsync and synchronous_commit on` }
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error
    const [what = '', ...remedy] = error.message.split('; ')
    if (!ctx.env.live)
      return { name, status: 'ok', what: `all ${migrations.length} migrations; not durable, as in development` }
    return { name, status: 'fail', what, remedy: remedy.join('; ') }
  }
}

async function missingMigrations({ db }: DoctorCtx): Promise<readonly string[]> {
  const { rows: tables } = await sql<{ there: boolean }>`select to_regclass('migration') is not null as there`.execute(
    db,
  )
  if (!tables[0]?.there) return migrations.map((migration) => migration.name)
  const { rows } = await sql<{ name: string }>`select name from migration`.execute(db)
  const applied = new Set(rows.map((row) => row.name))
  return migrations.map((migration) => migration.name).filter((migration) => !applied.has(migration))
}
