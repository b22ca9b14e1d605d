import { execFile } from 'node:child_process'
import { chownSync, cpSync, existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Version } from '@shouyin/dev-postgres'
import pg from 'pg'
import { eventually } from '../support/wait.ts'
import type { Cluster, Folder } from './cluster.ts'

const run = promisify(execFile)

/**
 * A base backup with `ops/backup/base-backup.sh` where PostgreSQL's own tools of that version are installed; else, as the
 * embedded PostgreSQL has none, with the functions that these tools are made of. @returns how
 */
export async function takeBaseBackup(folder: Folder, cluster: Cluster): Promise<'base-backup.sh' | 'pg_backup_start'> {
  const POSTGRES_BIN = findTools(cluster.version)
  if (POSTGRES_BIN === undefined) {
    await copyByHand(folder, cluster)
    return 'pg_backup_start'
  }
  const env = { PATH: '/usr/bin:/bin', DATABASE_URL: cluster.url, BACKUP_DIR: folder.backups, POSTGRES_BIN }
  await run('sh', [join(folder.scripts, 'base-backup.sh')], { ...cluster.owner, cwd: '/', env })
  return 'base-backup.sh'
}

const tools = ['pg_basebackup', 'pg_verifybackup', 'pg_archivecleanup', 'psql']

/** Where Debian and PostgreSQL's own packages put the tools of that version. */
const findTools = (version: Version): string | undefined =>
  [`/usr/lib/postgresql/${version}/bin`, `/usr/pgsql-${version}/bin`].find((bin) =>
    tools.every((tool) => existsSync(join(bin, tool))),
  )

/** Low-level base backup: all files while they change, and the label that says from where WAL makes them whole. */
async function copyByHand({ backups }: Folder, { url, path, owner }: Cluster): Promise<void> {
  const draft = join(backups, 'base', '.draft')
  const client = new pg.Client(url)
  await client.connect()
  try {
    await client.query(`select pg_backup_start('drill', fast => true)`)
    const kept = (source: string) => !/\/(postmaster\.(pid|opts)|pg_wal\/.+|pg_replslot\/.+)$/.test(source)
    cpSync(path, draft, { recursive: true, filter: kept })
    const { rows } = await client.query<{ labelfile: string }>('select labelfile from pg_backup_stop()')
    writeFileSync(join(draft, 'backup_label'), rows[0]?.labelfile ?? '')
    const finishedAt = new Date()
    const name = finishedAt.toISOString().replace(/[-:]|\.\d+/g, '')
    await run('mv', [draft, join(backups, 'base', name)])
    await run('chown', ['-R', `${owner.uid}:${owner.gid}`, join(backups, 'base', name)])
    chownSync(join(backups, 'base'), owner.uid, owner.gid)
    await client.query('insert into backup (finished_at, folder) values ($1, $2)', [finishedAt, name])
  } finally {
    await client.end()
  }
}

/** Makes sure that all that happened up to here is in the archive. */
export async function archiveWal({ pool }: Cluster): Promise<void> {
  const { rows } = await pool.query<{ file: string }>('select pg_walfile_name(pg_switch_wal()) as file')
  const file = rows[0]?.file ?? ''
  const archiver = async () =>
    (await pool.query<{ last: string | null }>('select last_archived_wal as last from pg_stat_archiver')).rows[0]?.last
  await eventually(archiver, (last) => typeof last === 'string' && last >= file, { what: `${file} in the archive` })
}

/** `ops/backup/restore.sh`, as an operator calls it. @returns what it says */
export async function restore(folder: Folder, cluster: Cluster, to: string, time: string): Promise<string> {
  const env = { PATH: process.env.PATH, BACKUP_DIR: folder.backups }
  const script = join(folder.scripts, 'restore.sh')
  return (await run('sh', [script, to, time], { ...cluster.owner, cwd: '/', env })).stdout
}
