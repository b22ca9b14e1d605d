import { setTimeout as delay } from 'node:timers/promises'

/** undefined when it failed or took longer; what is left of it goes on unheard. */
export async function within<T>(ms: number, work: Promise<T>): Promise<T | undefined> {
  const done = new AbortController()
  const timeout = delay(ms, undefined, { signal: done.signal }).catch(() => undefined)
  try {
    return await Promise.race([work.catch(() => undefined), timeout])
  } finally {
    done.abort()
  }
}
