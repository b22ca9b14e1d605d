import { setTimeout as pause } from 'node:timers/promises'

const DEADLINE_MS = 10_000
const EVERY_MS = 10

/** Polls until the value is there. @throws after ten seconds, naming what was waited for */
export async function until<T>(what: string, read: () => T | undefined | Promise<T | undefined>): Promise<T> {
  const deadlineMs = Date.now() + DEADLINE_MS
  for (;;) {
    const value = await read()
    if (value !== undefined && value !== false) return value
    if (Date.now() > deadlineMs) throw new Error(`waited in vain for ${what}`)
    await pause(EVERY_MS)
  }
}
