/** Aborted by Ctrl-C or SIGTERM, so that what was started can be ended; the next one ends the process at once. */
export function watchForInterruption(): AbortSignal {
  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => stop.abort(new Error(`stopped by ${signal}`)))
  }
  return stop.signal
}
