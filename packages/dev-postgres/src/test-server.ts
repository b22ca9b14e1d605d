import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type pg from 'pg'
import type { Version } from './binaries.ts'
import { connect } from './connect.ts'
import { PostgresError } from './errors.ts'
import { findPostgres, startPostgres } from './start-postgres.ts'

const PREFIX = 'shouyin_test_'

/** The start of the names of all databases that belong to one test run: a process and those that it starts. */
export function runPrefix(): string {
  process.env.SHOUYIN_TEST_RUN ??= crypto.randomUUID().slice(0, 8)
  return `${PREFIX}${process.env.SHOUYIN_TEST_RUN}_`
}

/** Whoever uses the test server holds this lock shared; who gets it alone is the last one and may stop the server. */
const LEASE_LOCK = 7_403_518

/** A server for tests, kept running for as long as `release` was not called and this process lives. */
export type Lease = { url: string; release(): Promise<void> }

const LEASE_ATTEMPTS = 10

/** One throw-away server for all test processes of this checkout; started by whoever comes first. */
export async function leaseTestServer(version: Version): Promise<Lease> {
  for (let attempt = 1; attempt <= LEASE_ATTEMPTS; attempt++) {
    const server = await startPostgres(testCluster(version))
    const release = await hold(server.url)
    if (!release) continue // the last user was just stopping it
    if (!server.adopted) startJanitor(version, server.url)
    return {
      url: server.url,
      async release() {
        await release()
        await stopIfUnused(version)
      },
    }
  }
  throw new PostgresError('the test database kept stopping', 'run the tests again')
}

function testCluster(version: Version): { dataDir: string; version: Version } {
  const checkout = fileURLToPath(new URL('../../..', import.meta.url))
  const key = createHash('sha256').update(`${process.getuid?.()}:${checkout}`).digest('hex').slice(0, 12)
  return { dataDir: join(tmpdir(), `shouyin-test-${key}-${version}`), version }
}

/** Takes the lock on a connection that does not keep this process alive; it ends with the process at the latest. */
async function hold(url: string): Promise<(() => Promise<void>) | undefined> {
  const socket = new Socket()
  try {
    const client = await connect(url, { stream: () => socket })
    await client.query(`select pg_advisory_lock_shared(${LEASE_LOCK})`)
    socket.unref()
    return () => {
      socket.ref()
      return client.end()
    }
  } catch {
    return undefined
  }
}

/**
 * Stops the server unless somebody else holds a lease; what tests left in it goes first.
 * Resolves to whether it is gone.
 */
export async function stopIfUnused(version: Version): Promise<boolean> {
  const server = await findPostgres(testCluster(version))
  const client = server && (await connect(server.url).catch(() => undefined))
  if (!server || !client) return true
  try {
    const { rows } = await client.query<{ alone: boolean }>(`select pg_try_advisory_lock(${LEASE_LOCK}) as alone`)
    if (!rows[0]?.alone) return false
    await dropDatabases(client, PREFIX)
    await server.stop()
    return true
  } finally {
    await client.end().catch(() => {})
  }
}

/** Drops every database whose name starts so. */
export async function dropDatabases(client: pg.Client, prefix: string): Promise<void> {
  const { rows } = await client.query<{ datname: string }>(
    'select datname from pg_database where starts_with(datname, $1)',
    [prefix],
  )
  for (const { datname } of rows) await client.query(`drop database if exists "${datname}" with (force)`)
}

/** Stops the server when every test process has gone without doing it, killed ones too. */
function startJanitor(version: Version, url: string): void {
  const script = fileURLToPath(new URL('./janitor.ts', import.meta.url))
  spawn(process.execPath, [script, String(version), url], { cwd: '/', detached: true, stdio: 'ignore' }).unref()
}
