import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import type { Version } from './binaries.ts'
import { connect } from './connect.ts'
import { type Lease, leaseTestServer, runPrefix } from './test-server.ts'

export type Template = {
  /** Lower-case letters, digits and underscores, at most 20. */
  name: string
  /** Brings an empty database to the wanted state; its connections are closed when the promise resolves. */
  migrate(url: string): Promise<void>
}

export type TestDatabaseOptions = {
  /** Migrated once per run, then cloned, which takes some 30 ms. */
  template?: Template
  /** Default: the server of DATABASE_URL if that is set, else an embedded 18. A given version is always embedded. */
  version?: Version
}

export type TestDatabase = { url: string; drop(): Promise<void> }

/** A database of its own for one test or one file, on one server that all test processes share. */
export async function createTestDatabase({ template, version }: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const server = await useServer(version)
  const name = `${runPrefix()}${randomBytes(6).toString('hex')}`
  try {
    await withClient(server.url, async (client) => {
      const from = template ? await ensureTemplate(client, server.url, template) : 'template1'
      await client.query(`create database "${name}" template "${from}"`)
    })
  } catch (error) {
    await server.release()
    throw error
  }
  let dropped: Promise<void> | undefined
  return {
    url: databaseUrl(server.url, name),
    drop() {
      dropped ??= drop(server, name)
      return dropped
    },
  }
}

async function drop(server: Lease, name: string): Promise<void> {
  await withClient(server.url, async (client) => {
    try {
      // Waits 5 s for connections that are on their way out: cut off, they would fail whoever closed them.
      await client.query(`drop database if exists "${name}"`)
    } catch {
      await client.query(`drop database if exists "${name}" with (force)`)
    }
  })
  await server.release()
}

const leases = new Map<Version, { lease: Promise<Lease>; users: number }>()

/** One lease per process and version, given back with the last database. */
async function useServer(version: Version | undefined): Promise<Lease> {
  const given = process.env.DATABASE_URL
  if (version === undefined && given) return { url: given, release: async () => {} }

  const wanted = version ?? 18
  const shared = leases.get(wanted) ?? { lease: leaseTestServer(wanted), users: 0 }
  leases.set(wanted, shared)
  shared.users++
  const { url, release } = await shared.lease
  return {
    url,
    async release() {
      shared.users--
      if (shared.users > 0) return
      leases.delete(wanted)
      await release()
    },
  }
}

/** Under an advisory lock, so that one process migrates and the others wait for its result. */
async function ensureTemplate(client: pg.Client, serverUrl: string, { name, migrate }: Template): Promise<string> {
  if (!/^[a-z0-9_]{1,20}$/.test(name)) throw new TypeError(`template name ${name}: use 1 to 20 of a-z, 0-9 and _`)
  const finished = `${runPrefix()}t_${name}`
  const draft = `${finished}_draft`
  await client.query(`select pg_advisory_lock(hashtextextended($1, 0))`, [finished])
  const { rowCount } = await client.query('select from pg_database where datname = $1', [finished])
  if (rowCount === 0) {
    await client.query(`drop database if exists "${draft}" with (force)`) // of a process that was killed meanwhile
    await client.query(`create database "${draft}"`)
    await migrate(databaseUrl(serverUrl, draft))
    await client.query(`alter database "${draft}" rename to "${finished}"`)
    await client.query(`alter database "${finished}" with allow_connections false`)
  }
  await client.query(`select pg_advisory_unlock(hashtextextended($1, 0))`, [finished])
  return finished
}

function databaseUrl(serverUrl: string, name: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return url.href
}

/** Closing the connection gives back its locks too, also after an error. */
async function withClient(url: string, use: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = await connect(url)
  try {
    await use(client)
  } finally {
    await client.end()
  }
}
