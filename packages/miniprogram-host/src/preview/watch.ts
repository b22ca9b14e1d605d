import { readdirSync, statSync } from 'node:fs'
import path from 'node:path'

const POLL_MS = 400

/**
 * Calls back when the folder has changed and then rested for one poll. Polling, because a bundler may remove and make
 * the folder anew, which loses file-system watchers.
 */
export function watchFolder(root: string, changed: () => void): () => void {
  let known = fingerprint(root)
  let moving = known
  const timer = setInterval(() => {
    const now = fingerprint(root)
    if (now === moving && now !== known) {
      known = now
      changed()
    }
    moving = now
  }, POLL_MS)
  timer.unref()
  return () => clearInterval(timer)
}

function fingerprint(root: string): string {
  try {
    const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    const stats = files.map((entry) => {
      const file = path.join(entry.parentPath, entry.name)
      const { mtimeMs, size } = statSync(file)
      return `${file}:${mtimeMs}:${size}`
    })
    return stats.sort().join('\n')
  } catch {
    // A file that went while we looked: the next poll sees the rest.
    return ''
  }
}
