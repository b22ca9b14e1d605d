import { spawnSync } from 'node:child_process'
import { lstatSync } from 'node:fs'

/** The account that PostgreSQL runs as; undefined: our own. */
export type ServerUser = { uid: number; gid: number } | undefined

export const NOBODY = { uid: 65534, gid: 65534 }

/** PostgreSQL refuses to run as root, so root hands over to whoever owns the cluster already, or to nobody. */
export function serverUser(home: string): ServerUser {
  if (process.getuid?.() !== 0) return undefined
  const owner = lstatSync(home, { throwIfNoEntry: false })
  return owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : NOBODY
}

/** Whether that account can reach and write the folder; asked of the system, because modes alone do not tell. */
export function canWrite(folder: string, user: ServerUser): boolean {
  if (process.platform === 'win32') return true
  const { status } = spawnSync('test', ['-w', folder, '-a', '-x', folder], { ...user, cwd: '/', stdio: 'ignore' })
  return status === 0
}
