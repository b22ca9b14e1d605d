import { connect, type Postgres, startPostgres } from '@shouyin/dev-postgres'
import { Problem } from './problem.ts'
import type { Settings } from './settings.ts'

const OLDEST_VERSION = 15

/** The server of DATABASE_URL, which is not ours to stop, or the embedded one. */
export async function openDatabase({ databaseUrl, dataDir }: Settings): Promise<Omit<Postgres, 'adopted'>> {
  if (databaseUrl === undefined) return startPostgres({ dataDir })
  const client = await connect(databaseUrl)
  try {
    const { rows } = await client.query<{ version: number }>(
      `select current_setting('server_version_num')::int / 10000 as version`,
    )
    const version = rows[0]?.version ?? 0
    if (version >= OLDEST_VERSION) return { url: databaseUrl, stop: async () => {} }
    throw new Problem(
      `the database of DATABASE_URL is PostgreSQL ${version}: use ${OLDEST_VERSION} or later, or unset it to use the embedded one`,
    )
  } finally {
    await client.end()
  }
}
