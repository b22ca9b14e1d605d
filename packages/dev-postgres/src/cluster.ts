import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Tool, toolPath, type Version } from './binaries.ts'
import { PostgresError } from './errors.ts'
import { identify } from './process.ts'
import type { ServerUser } from './server-user.ts'

/** One set of databases on disk, and what it takes to run PostgreSQL's own tools on it. */
export type Cluster = { home: string; data: string; log: string; binaries: string; user: ServerUser; version: Version }

export type Outcome = { ok: boolean; output: string }

/** Runs one of PostgreSQL's tools to its end; the server that `pg_ctl start` leaves behind is detached from us. */
export function run(
  cluster: Pick<Cluster, 'binaries' | 'user' | 'home'>,
  tool: Tool,
  args: string[],
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(toolPath(cluster.binaries, tool), args, {
      ...cluster.user,
      cwd: '/', // initdb looks up the folder it is started in, which may be closed to this account
      env: { PATH: process.env.PATH, HOME: cluster.home, LC_ALL: locale, TZ: 'UTC' },
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    })
    let output = ''
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (output += chunk))
    child.once('error', reject)
    child.once('close', (code) => resolve({ ok: code === 0, output: output.trim() }))
  })
}

const locale = process.platform === 'linux' ? 'C.UTF-8' : 'C'

/** Creates the cluster unless it is there. Two processes may try at once: the second finds the first one's. */
export async function createCluster(cluster: Cluster): Promise<void> {
  removeAbandoned(cluster.home)
  const found = readVersion(cluster)
  if (found === undefined) await initialise(cluster)
  else if (found !== String(cluster.version)) {
    throw new PostgresError(
      `${cluster.data} was made by PostgreSQL ${found}, which ${cluster.version} cannot read`,
      `remove that folder (with its data), or set DATA_DIR to another one`,
    )
  }
}

function readVersion({ data, user, home }: Cluster): string | undefined {
  try {
    return readFileSync(join(data, 'PG_VERSION'), 'utf8').trim()
  } catch (error) {
    if (!readdirSync(home).includes('data')) return undefined
    throw new PostgresError(
      `${data} is no database that ${user ? `user ${user.uid}` : 'you'} can read`,
      'remove that folder (with its data), or set DATA_DIR to another one',
      error,
    )
  }
}

async function initialise(cluster: Cluster): Promise<void> {
  const draft = join(cluster.home, `initdb-${process.pid}-${randomBytes(3).toString('hex')}`)
  mkdirSync(draft, { mode: 0o700 })
  if (cluster.user) chownSync(draft, cluster.user.uid, cluster.user.gid)
  const args = ['-D', draft, '-U', 'shouyin', '-A', 'trust', '-E', 'UTF8', `--locale=${locale}`, '--no-sync']
  const { ok, output } = await run(cluster, 'initdb', args)
  try {
    if (ok) renameSync(draft, cluster.data)
    else
      throw new PostgresError(
        `initdb failed in ${cluster.home} (${lastLine(output)})`,
        'put that right, or set DATABASE_URL to a server of yours',
      )
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    if (readVersion(cluster) === undefined) throw error
  }
}

/** What a killed initdb left behind. */
function removeAbandoned(home: string): void {
  for (const name of readdirSync(home)) {
    const pid = /^initdb-(\d+)-/.exec(name)?.[1]
    if (pid && !identify(Number(pid))) rmSync(join(home, name), { recursive: true, force: true })
  }
}

export function lastLine(text: string): string {
  return text.trim().split('\n').at(-1)?.trim() ?? ''
}
