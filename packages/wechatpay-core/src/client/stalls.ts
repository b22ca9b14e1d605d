import { unlessAborted } from './deadline.ts'
import { connectionFailed } from './transport.ts'

/**
 * The chunks, as long as the next one comes within `stallMs` and nobody aborts. The time that the reader takes between
 * two chunks does not count, but the first must be asked for in time: a file that nobody reads is let go.
 * @param stop aborted when this ends, however it ends: the connection goes with it
 */
export function untilStopped(
  chunks: AsyncIterable<Uint8Array>,
  stop: AbortController,
  signal: AbortSignal,
  stallMs: number,
): AsyncIterable<Uint8Array> {
  const startTimer = () => setTimeout(() => stop.abort(new Error(`nothing was read for ${stallMs} ms`)), stallMs)
  let timer = startTimer()
  return (async function* () {
    const source = chunks[Symbol.asyncIterator]()
    try {
      for (;;) {
        clearTimeout(timer)
        timer = startTimer()
        const next = await unlessAborted(signal, source.next(), connectionFailed)
        clearTimeout(timer)
        if (next.done) return
        yield next.value
      }
    } catch (error) {
      throw connectionFailed(error)
    } finally {
      clearTimeout(timer)
      stop.abort()
      // Not waited for: a source that hangs would hang its reader.
      source.return?.().catch(() => {})
    }
  })()
}
