import { closeSync, openSync, readSync } from 'node:fs'

const POLL_MS = 250

/** Calls back with each line that is added to the file; returns what ends it, after a last look. */
export function followLog(file: string, onLine: (line: string) => void): () => void {
  const fd = openSync(file, 'r')
  const chunk = Buffer.alloc(64 * 1024)
  const decoder = new TextDecoder()
  let rest = ''

  function look(): void {
    for (let length = readSync(fd, chunk); length > 0; length = readSync(fd, chunk)) {
      const lines = (rest + decoder.decode(chunk.subarray(0, length), { stream: true })).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) onLine(line)
    }
  }

  const timer = setInterval(look, POLL_MS)
  return () => {
    clearInterval(timer)
    look()
    closeSync(fd)
  }
}
