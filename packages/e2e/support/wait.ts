import { setTimeout as delay } from 'node:timers/promises'

const POLL_MS = 50

/** Resolves to the first value that `accept` takes; fails at the deadline, showing the last one. */
export async function eventually<T>(
  read: () => Promise<T>,
  accept: (value: T) => boolean,
  { what = 'the condition', timeoutMs = 30_000 } = {},
): Promise<T> {
  const deadline = performance.now() + timeoutMs
  for (;;) {
    const value = await read()
    if (accept(value)) return value
    if (performance.now() > deadline) throw new Error(`${what} never came; last seen: ${JSON.stringify(value)}`)
    await delay(POLL_MS)
  }
}
