import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type Postgres, startPostgres, type Version } from '@shouyin/dev-postgres'
import pg from 'pg'
import { eventually } from '../support/wait.ts'

const SCRIPTS = fileURLToPath(new URL('../../../ops/backup/', import.meta.url))
const START_TRIES = 40
const START_PAUSE_MS = 250

/** A database as operators have it: durable, and every WAL file goes into an archive. */
export type Cluster = Awaited<ReturnType<typeof openCluster>>

/** `folder` is for all that belongs together: databases, archive, base backups, the scripts of `ops/backup`. */
export function openFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'shouyin-drill-'))
  // PostgreSQL refuses to run as root; whom it runs as then must get in.
  chmodSync(folder, 0o755)
  cpSync(SCRIPTS, join(folder, 'scripts'), { recursive: true })
  return {
    folder,
    scripts: join(folder, 'scripts'),
    backups: join(folder, 'backups'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

export type Folder = ReturnType<typeof openFolder>

export async function openCluster({ folder, scripts, backups }: Folder, version: Version) {
  const dataDir = join(folder, 'first')
  const first = await startPostgres({ dataDir, durable: true, version })
  const data = await query<{ folder: string }>(first.url, `select current_setting('data_directory') as folder`)
  const path = data[0]?.folder ?? ''
  const owner = ownerOf(path)
  for (const name of [backups, join(backups, 'base'), join(backups, 'wal')]) make(name, owner)
  await query(first.url, `alter system set archive_mode = 'on'`)
  const command = `sh ${join(scripts, 'archive-wal.sh')} ${join(backups, 'wal')} %p %f`
  await query(first.url, `alter system set archive_command = '${command}'`)
  await first.stop()
  const running = await startPostgres({ dataDir, durable: true, version })
  return { ...describe(running), path, owner, version }
}

/** Starts PostgreSQL on what `ops/backup/restore.sh` has made, and waits until it has caught up with the wanted time. */
export async function openRestored({ folder }: Folder, { version }: Cluster, restoredPath: string) {
  const running = await startPostgres({ dataDir: join(folder, 'second'), durable: true, version })
  const state = () => query<{ recovering: boolean; path: string }>(running.url, recovering).catch(() => [])
  const [found] = await eventually(state, ([row]) => row?.recovering === false, { what: 'the end of the recovery' })
  if (found?.path !== restoredPath) throw new Error(`PostgreSQL runs on ${found?.path}`)
  return describe(running)
}

const recovering = `select pg_is_in_recovery() as recovering, current_setting('data_directory') as path`

/** Where the restored data has to be, so that the same launcher finds it. */
export function placeForRestored({ folder }: Folder, { owner }: Cluster): string {
  const home = join(folder, 'second', 'postgres')
  make(join(folder, 'second'), owner)
  make(home, owner)
  return join(home, 'data')
}

function describe(running: Postgres) {
  const pool = new pg.Pool({ connectionString: running.url, max: 4 })
  pool.on('error', () => undefined)
  return {
    url: running.url,
    pool,
    async close() {
      await pool.end()
      await running.stop()
    },
  }
}

/** SIGKILL, and the disk is gone with it. Once is enough. */
export async function destroy({ path, pool }: Cluster): Promise<void> {
  if (!existsSync(path)) return
  const pid = Number(readFileSync(join(path, 'postmaster.pid'), 'utf8').split('\n')[0])
  process.kill(pid, 'SIGKILL')
  await pool.end()
  // Its children write until they notice.
  for (let tries = 1; ; tries++) {
    try {
      rmSync(path, { recursive: true })
      return
    } catch (error) {
      if (tries === START_TRIES) throw error
      await delay(START_PAUSE_MS)
    }
  }
}

type Owner = { readonly uid: number; readonly gid: number }

function ownerOf(path: string): Owner {
  const { uid, gid } = statSync(path)
  return { uid, gid }
}

function make(path: string, { uid, gid }: Owner): void {
  mkdirSync(path, { recursive: true, mode: 0o700 })
  chownSync(path, uid, gid)
}

async function query<Row extends object>(url: string, text: string): Promise<readonly Row[]> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return (await client.query<Row>(text)).rows
  } finally {
    await client.end()
  }
}
