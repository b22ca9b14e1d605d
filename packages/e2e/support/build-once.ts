import { mkdirSync, readdirSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { eventually } from './wait.ts'

const LOCK_STALE_MS = 240_000

export interface Kept {
  /** The folder that the build fills. */
  output: string
  /** Files and folders that it is made of. */
  sources: readonly string[]
  /** Builds of one lock run one after the other, in whatever process. */
  lock: string
}

/** Runs `build` when a source is newer than what it last made; a build that failed counts as none. Answers the output. */
export async function buildOnce({ output, sources, lock }: Kept, build: () => Promise<void>): Promise<string> {
  const done = `${output}.done`
  const unlock = await take(lock)
  try {
    if (newest(done) <= Math.max(...sources.map(newest))) {
      rmSync(done, { force: true })
      rmSync(output, { recursive: true, force: true })
      await build()
      writeFileSync(done, '')
    }
    return output
  } finally {
    unlock()
  }
}

async function take(lock: string): Promise<() => void> {
  mkdirSync(path.dirname(lock), { recursive: true })
  const attempt = async (): Promise<boolean> => {
    try {
      mkdirSync(lock)
      return true
    } catch {
      const taken = statSync(lock, { throwIfNoEntry: false })
      if (taken && Date.now() - taken.mtimeMs > LOCK_STALE_MS) rmdirSync(lock)
      return false
    }
  }
  await eventually(attempt, (taken) => taken, { what: `the other build (${lock})`, timeoutMs: LOCK_STALE_MS })
  return () => rmdirSync(lock)
}

/** When the file, or the newest file in the folder, was last written; 0 for none. */
function newest(place: string): number {
  const found = statSync(place, { throwIfNoEntry: false })
  if (!found?.isDirectory()) return found?.mtimeMs ?? 0
  const entries = readdirSync(place, { recursive: true, encoding: 'utf8' })
  return Math.max(0, ...entries.map((name) => statSync(path.join(place, name)).mtimeMs))
}
