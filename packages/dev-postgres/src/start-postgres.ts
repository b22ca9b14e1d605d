import { readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { adopt, matches } from './adopt.ts'
import { prepareBinaries, type Version } from './binaries.ts'
import { type Cluster, createCluster, lastLine, run } from './cluster.ts'
import { PostgresError } from './errors.ts'
import { locate } from './location.ts'
import { findPostmaster } from './postmaster.ts'

export type PostgresOptions = {
  /** Holds the cluster (`postgres/`), or a `postgres.location` that says where it is. */
  dataDir: string
  version?: Version
  /** Default: the port of a server that runs already, else any free one. */
  port?: number
  /** fsync and synchronous_commit on, as in production; default off: a power cut may cost the data. */
  durable?: boolean
}

export type Postgres = {
  /** Superuser on database `postgres`, over TCP on 127.0.0.1 without a password. */
  url: string
  /** It was running already: left by a killed run, or started by another process a moment ago. */
  adopted: boolean
  /** Something that a person should know, for the banner. */
  note?: string
  /** Ends the server, adopted or not, with its connections. */
  stop(): Promise<void>
}

const START_ATTEMPTS = 5

/** Starts PostgreSQL on the cluster of `dataDir`, or adopts the one that runs on it. Throws `PostgresError`. */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const { cluster, note } = findCluster(options)
  await createCluster(cluster)

  for (let attempt = 1; attempt <= START_ATTEMPTS; attempt++) {
    const running = await adopt(cluster)
    if (running && matches(running, options)) return describe(cluster, running.port, true, note)
    if (running) await stop(cluster)

    const port = options.port ?? (await freePort())
    if (await launch(cluster, port, options.durable ?? false)) return describe(cluster, port, false, note)
    // Lost a race for the port or for the cluster: look again.
  }
  const reason = options.port ? `port ${options.port} may be taken; ` : ''
  throw new PostgresError(
    `PostgreSQL did not start (${reason}${lastLine(readLog(cluster))})`,
    `see ${cluster.log}; removing ${cluster.home} starts afresh, without its data`,
  )
}

/** The server that runs on the cluster of `dataDir`, if one does; starts nothing. */
export async function findPostgres(
  options: Pick<PostgresOptions, 'dataDir' | 'version'>,
): Promise<Postgres | undefined> {
  const { cluster, note } = findCluster(options)
  const running = await adopt(cluster)
  return running && describe(cluster, running.port, true, note)
}

function findCluster(options: Pick<PostgresOptions, 'dataDir' | 'version'>): { cluster: Cluster; note?: string } {
  const version = options.version ?? 18
  const { home, user, ...rest } = locate(options.dataDir)
  const binaries = prepareBinaries(version, user)
  return { cluster: { home, data: join(home, 'data'), log: join(home, 'log'), binaries, user, version }, ...rest }
}

function describe(cluster: Cluster, port: number, adopted: boolean, note: string | undefined): Postgres {
  const url = `postgres://shouyin@127.0.0.1:${port}/postgres`
  return { url, adopted, ...(note && { note }), stop: () => stop(cluster) }
}

async function launch(cluster: Cluster, port: number, durable: boolean): Promise<boolean> {
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    timezone: 'UTC',
    max_connections: 300, // every test process keeps its own pools
    ...(!durable && { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  }
  const flags = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`)
  if (!findPostmaster(cluster.data)) rmSync(cluster.log, { force: true })
  const args = ['start', '-D', cluster.data, '-w', '-t', '60', '-l', cluster.log, '-o', flags.join(' ')]
  return (await run(cluster, 'pg_ctl', args)).ok
}

async function stop(cluster: Cluster): Promise<void> {
  // pg_ctl signals whatever process has the id of the pid file, so who that is must be known first.
  for (const mode of ['fast', 'immediate']) {
    if (!findPostmaster(cluster.data)) return
    await run(cluster, 'pg_ctl', ['stop', '-D', cluster.data, '-w', '-t', '20', '-m', mode])
  }
  const left = findPostmaster(cluster.data)
  if (left)
    throw new PostgresError(`PostgreSQL (process ${left.pid}) does not stop`, `end it with kill -QUIT ${left.pid}`)
}

function readLog(cluster: Cluster): string {
  try {
    return readFileSync(cluster.log, 'utf8')
  } catch {
    return 'it left no log'
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })
}
