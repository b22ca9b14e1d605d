import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { identify } from './process.ts'

export type Postmaster = { pid: number; port: number; status: string }

/**
 * The server that runs on this cluster, read from its postmaster.pid; undefined when there is none.
 * The id in the file is believed only when that process is a postgres of this very folder.
 */
export function findPostmaster(data: string): Postmaster | undefined {
  const file = readPidFile(data)
  const running = file && identify(file.pid)
  if (!file || !running) return undefined
  return / ?postgres(\.exe)?"? /.test(running.command) && running.command.includes(` -D ${data} `) ? file : undefined
}

/** Lines: pid, folder, start, port, socket folder, address, shared memory, status (the last ones come later). */
export function readPidFile(data: string): Postmaster | undefined {
  try {
    const lines = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')
    return { pid: Number(lines[0]), port: Number(lines[3]), status: lines[7]?.trim() ?? '' }
  } catch {
    return undefined
  }
}
