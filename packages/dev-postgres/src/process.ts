import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** A process id is used again after its process has ended: only start and command line together tell who it is. */
export type ProcessIdentity = { pid: number; parentPid: number; started: string; command: string }

/** Who runs under this id now; undefined when nobody does (a zombie is nobody). */
export function identify(pid: number): ProcessIdentity | undefined {
  if (!Number.isSafeInteger(pid) || pid <= 0) return undefined
  return process.platform === 'linux' ? fromProc(pid) : fromPs(pid)
}

export function isSameProcess(known: Pick<ProcessIdentity, 'pid' | 'started' | 'command'>): boolean {
  const now = identify(known.pid)
  return now !== undefined && now.started === known.started && now.command === known.command
}

/** https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html: 3 state, 4 ppid, 22 start in ticks since boot. */
function fromProc(pid: number): ProcessIdentity | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const [state, parentPid, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (state === 'Z' || state === 'X') return undefined
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ').trim()
    return { pid, parentPid: Number(parentPid), started: `${bootId()}/${rest[17]}`, command }
  } catch {
    return undefined
  }
}

function bootId(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
}

/** macOS and the rest; Windows has no ps, there nothing is ever taken for ours. */
function fromPs(pid: number): ProcessIdentity | undefined {
  const options = { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' } } as const
  const { stdout } = spawnSync('ps', ['-o', 'ppid=,stat=,lstart=,command=', '-ww', '-p', String(pid)], options)
  const match = /^\s*(\d+)\s+(\S+)\s+(\w+\s+\w+\s+\d+\s+[\d:]+\s+\d+)\s+(.*)$/.exec(stdout?.trim() ?? '')
  const [, parentPid, state, started, command] = match ?? []
  if (!state || !started || !command || state.startsWith('Z')) return undefined
  return { pid, parentPid: Number(parentPid), started, command: command.trim() }
}
