type Way = (options: { url: string }) => Promise<unknown>

interface Deps {
  /** How many pages lie on each other. */
  depth: () => number
  now: () => number
  pause: (ms: number) => Promise<void>
}

/** A move that WeChat never answers does not hold up the next one for longer. */
export const MOVE_MAX_MS = 3000
/** The second tap of a double tap comes within this time, if WeChat lets it through to the page below. */
export const ECHO_MS = 1000

/** Goes from page to page, one move at a time: a double tap opens one page and goes back one page. */
export function createNavigation({ depth, now, pause }: Deps) {
  let isMoving = false
  let last = { url: '', depth: 0, at: Number.NEGATIVE_INFINITY }

  /** Resolves to false when WeChat did not go there; a tap that is an echo of another is none of its own. */
  return async function move(way: Way, url: string): Promise<boolean> {
    const hasMoved = depth() !== last.depth && Math.abs(now() - last.at) < ECHO_MS
    if (isMoving || (url === last.url && hasMoved)) return true
    isMoving = true
    last = { url, depth: depth(), at: now() }
    try {
      await Promise.race([way({ url }), pause(MOVE_MAX_MS)])
      return true
    } catch {
      return false
    } finally {
      isMoving = false
    }
  }
}
