import { createHash } from 'node:crypto'
import {
  chownSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmdirSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PostgresError, systemCode } from './errors.ts'
import { canWrite, NOBODY, type ServerUser, serverUser } from './server-user.ts'

/** Where every account may go; what cannot live under DATA_DIR lives here. */
export const SHARED_FOLDER = process.platform === 'win32' ? tmpdir() : '/var/tmp'

/** `home` holds `data` (the cluster) and `log`; `note` says so when it is not under DATA_DIR. */
export type Location = { home: string; user: ServerUser; note?: string }

/** Finds, or makes, a folder that the account which runs PostgreSQL can use. */
export function locate(dataDir: string): Location {
  const root = makeDataDir(dataDir)
  const moved = readMarker(join(root, 'postgres.location'))
  if (moved) return elsewhere(root, moved)

  const home = join(root, 'postgres')
  const user = serverUser(home)
  makeHome(home, user)
  if (canWrite(home, user)) return { home, user }
  if (!user || readdirSync(home).length > 0) {
    throw new PostgresError(
      `${home} cannot be written by ${user ? `user ${user.uid}, who owns its database` : 'you'}`,
      'give that user access to it, or set DATA_DIR to another folder',
    )
  }
  rmdirSync(home)
  return elsewhere(root, join(SHARED_FOLDER, `shouyin-${createHash('sha256').update(root).digest('hex').slice(0, 16)}`))
}

function makeDataDir(dataDir: string): string {
  try {
    mkdirSync(dataDir, { recursive: true })
    return realpathSync(dataDir)
  } catch (error) {
    throw unusable(dataDir, error)
  }
}

function makeHome(home: string, user: ServerUser): void {
  try {
    if (mkdirSync(home, { recursive: true, mode: 0o700 }) && user) chownSync(home, user.uid, user.gid)
  } catch (error) {
    throw unusable(home, error)
  }
}

/** The cluster outside DATA_DIR, because root's folders are closed to the account that runs PostgreSQL. */
function elsewhere(root: string, home: string): Location {
  const user = serverUser(home)
  makeHome(home, user)
  // Anybody may write to the shared folder: a folder that somebody else put there is not ours to use.
  const owner = lstatSync(home)
  if (!owner.isDirectory() || (process.getuid?.() === 0 && owner.uid !== NOBODY.uid) || !canWrite(home, user)) {
    throw new PostgresError(
      `${home}, which holds the database of ${root}, belongs to somebody else`,
      'remove it, or set DATA_DIR to another folder',
    )
  }
  writeFileSync(join(root, 'postgres.location'), `${home}\n`)
  return { home, user, note: `the database is in ${home}: PostgreSQL does not run as root and cannot enter ${root}` }
}

function readMarker(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined
    throw unusable(file, error)
  }
}

function unusable(path: string, error: unknown): PostgresError {
  return new PostgresError(
    `${path} cannot be used (${systemCode(error)})`,
    'make it a folder that you can read and write, or set DATA_DIR to another one',
    error,
  )
}
