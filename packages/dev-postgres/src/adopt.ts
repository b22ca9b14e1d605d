import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { type Cluster, run } from './cluster.ts'
import { systemCode } from './errors.ts'
import { findPostmaster, readPidFile } from './postmaster.ts'
import type { PostgresOptions } from './start-postgres.ts'

type Running = { port: number; durable: boolean }

const ADOPT_TIMEOUT_MS = 30_000
const POLL_MS = 20

/** The server that runs on this cluster, once it answers; undefined when none does (any more). */
export async function adopt(cluster: Cluster): Promise<Running | undefined> {
  const deadline = Date.now() + ADOPT_TIMEOUT_MS
  while (Date.now() < deadline) {
    const postmaster = findPostmaster(cluster.data)
    if (!postmaster) {
      forgetStranger(cluster.data)
      return undefined
    }
    const running = postmaster.status === 'ready' ? await ask(cluster, postmaster.port) : undefined
    if (running) return running
    await sleep(POLL_MS)
  }
  // It is ours (its command line names this folder) and has not answered for long: it hangs.
  await run(cluster, 'pg_ctl', ['stop', '-D', cluster.data, '-w', '-m', 'immediate'])
  return undefined
}

export function matches(running: Running, { port, durable }: PostgresOptions): boolean {
  return (port === undefined || port === running.port) && running.durable === (durable ?? false)
}

async function ask(cluster: Cluster, port: number): Promise<Running | undefined> {
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'shouyin', database: 'postgres' })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{ folder: string; fsync: string }>(
      `select current_setting('data_directory') as folder, current_setting('fsync') as fsync`,
    )
    return rows[0]?.folder === cluster.data ? { port, durable: rows[0].fsync === 'on' } : undefined
  } catch {
    return undefined
  } finally {
    await client.end().catch(() => {})
  }
}

/**
 * PostgreSQL refuses to start while the id in its pid file exists, be it another program's by now or a zombie's.
 * An id that is gone is left to PostgreSQL, which also looks for orphaned backends.
 */
function forgetStranger(data: string): void {
  const file = readPidFile(data)
  if (file && exists(file.pid) && !findPostmaster(data)) rmSync(join(data, 'postmaster.pid'), { force: true })
}

function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return systemCode(error) === 'EPERM'
  }
}
