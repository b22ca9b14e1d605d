import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import pg from 'pg'
import { migrateJobs } from './kernel/jobs.ts'

const FOLDER = new URL('./migrations/', import.meta.url)
/** Any number, the same in every version: it names the lock. */
const LOCK_ID = 7_360_021

interface Migration {
  readonly name: string
  readonly sql: string
  readonly sha256: string
}

/** The files `NNNN-<name>.sql`, in order. Forward only: what has been released is never edited. */
export const migrations: readonly Migration[] = readdirSync(FOLDER)
  .filter((file) => /^\d{4}-[a-z0-9-]+\.sql$/.test(file))
  .sort()
  .map((file) => {
    const sql = readFileSync(new URL(file, FOLDER), 'utf8')
    return { name: file.slice(0, -'.sql'.length), sql, sha256: createHash('sha256').update(sql).digest('hex') }
  })

/**
 * Brings a database to this version, and the tables of the job queue with it. Several processes may try at once.
 * @param report is told the name of each migration that was applied now
 * @throws Error when a migration that was applied has been edited since, or fails; then nothing of it is kept
 */
export async function migrate(databaseUrl: string, report: (name: string) => void = () => undefined): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'shouyin migrate' })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK_ID])
    await client.query(
      'create table if not exists migration (name text primary key, sha256 text not null, applied_at timestamptz not null)',
    )
    for (const migration of await pending(client)) {
      await apply(client, migration)
      report(migration.name)
    }
    await migrateJobs(databaseUrl)
  } finally {
    await client.end()
  }
}

async function pending(client: pg.Client): Promise<readonly Migration[]> {
  const { rows } = await client.query<{ name: string; sha256: string }>('select name, sha256 from migration')
  const done = new Map(rows.map((row) => [row.name, row.sha256]))
  for (const { name, sha256 } of migrations) {
    if (done.has(name) && done.get(name) !== sha256) {
      throw new Error(
        `migration ${name} was edited after it was applied; restore the file, or start with an empty database`,
      )
    }
  }
  return migrations.filter(({ name }) => !done.has(name))
}

async function apply(client: pg.Client, { name, sql, sha256 }: Migration): Promise<void> {
  await client.query('begin')
  try {
    await client.query("set local lock_timeout = '2s'")
    await client.query(sql)
    await client.query('insert into migration values ($1, $2, $3)', [name, sha256, new Date()])
    await client.query('commit')
  } catch (cause) {
    await client.query('rollback')
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new Error(`migration ${name} failed and was rolled back: ${reason}`, { cause })
  }
}
