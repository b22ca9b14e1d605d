import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { identify, type ProcessIdentity } from '@shouyin/dev-postgres'

/** Who listens on this TCP port, as far as the system tells us: processes of other users are not visible to all. */
export function portHolder(port: number): ProcessIdentity | undefined {
  const pid = process.platform === 'linux' ? fromProc(port) : fromLsof(port)
  return pid === undefined ? undefined : identify(pid)
}

/** https://man7.org/linux/man-pages/man5/proc_pid_net.5.html: 1 local address, 3 state (0A: listens), 9 inode. */
function fromProc(port: number): number | undefined {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  const sockets = ['/proc/net/tcp', '/proc/net/tcp6']
    .flatMap((table) => readOr('', () => readFileSync(table, 'utf8')).split('\n'))
    .map((line) => line.trim().split(/\s+/))
    .filter((columns) => columns[1]?.endsWith(suffix) && columns[3] === '0A')
    .map((columns) => `socket:[${columns[9]}]`)
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .find((pid) => openFiles(pid).some((file) => sockets.includes(file)))
}

function openFiles(pid: number): string[] {
  const folder = `/proc/${pid}/fd`
  return readOr([], () => readdirSync(folder)).map((name) => readOr('', () => readlinkSync(`${folder}/${name}`)))
}

function fromLsof(port: number): number | undefined {
  const { stdout } = spawnSync('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-t'], { encoding: 'utf8' })
  const pid = Number(stdout?.split('\n')[0])
  return pid > 0 ? pid : undefined
}

/** A process may end, or be closed to us, while we look at it. */
function readOr<T>(fallback: T, read: () => T): T {
  try {
    return read()
  } catch {
    return fallback
  }
}
