import { setTimeout as sleep } from 'node:timers/promises'
import { Problem } from './problem.ts'

const POLL_MS = 50
const ANSWER_TIMEOUT_MS = 5_000

/** Resolves once `url` answers 200. */
export function answers(url: string, what: string, timeoutMs: number): Promise<void> {
  return until(() => isOk(url), `${what} does not answer at ${url}`, timeoutMs)
}

/** Resolves once `condition` holds; polls, because files and foreign processes do not call back. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  complaint: string,
  timeoutMs: number,
): Promise<void> {
  const deadline = Date.now() + timeoutMs
  while (!(await condition())) {
    if (Date.now() > deadline)
      throw new Problem(`${complaint} after ${timeoutMs / 1000} s: see its log in DATA_DIR/logs`)
    await sleep(POLL_MS)
  }
}

async function isOk(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) })
    await response.body?.cancel()
    return response.status === 200
  } catch {
    return false
  }
}
