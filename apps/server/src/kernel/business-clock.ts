import type { Clock } from './clock.ts'
import type { Logger } from './log.ts'

export interface BusinessClock extends Clock {
  stop(): void
}

const POLL_MS = 250
const POLL_TIMEOUT_MS = 2_000
/** Two clocks on one machine differ by this much without anybody having moved one. */
const JUMP_SECONDS = 1

interface Options {
  readonly log: Logger
  /** Called when business time has moved: what came due by that is to run at once. */
  readonly onJump: () => void
}

/**
 * Business time of a simulator: follows `{ now, offsetSeconds }` at `url`. While that cannot be read, time goes on with
 * the last offset.
 */
export async function startBusinessClock(url: URL, { log, onJump }: Options): Promise<BusinessClock> {
  let offsetSeconds = 0
  let reachable = true
  const poll = async () => {
    try {
      const read = await readOffset(url)
      const jumped = Math.abs(read - offsetSeconds) >= JUMP_SECONDS
      offsetSeconds = read
      if (jumped) onJump()
      reachable = true
    } catch (err) {
      if (reachable) log.warn({ err, url: url.origin }, 'the business clock cannot be read; time goes on as it did')
      reachable = false
    }
  }
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  const next = () => {
    if (stopped) return
    timer = setTimeout(() => void poll().then(next), POLL_MS)
    timer.unref()
  }
  await poll()
  next()
  return {
    now: () => new Date(Date.now() + offsetSeconds * 1000),
    stop() {
      stopped = true
      clearTimeout(timer)
    },
  }
}

async function readOffset(url: URL): Promise<number> {
  const response = await fetch(url, { signal: AbortSignal.timeout(POLL_TIMEOUT_MS) })
  const body = (await response.json()) as { offsetSeconds?: unknown }
  if (!response.ok || typeof body.offsetSeconds !== 'number') throw new Error('no { offsetSeconds } in the answer')
  return body.offsetSeconds
}
