const PARENT_POLL_MS = 500

/** Resolves when somebody wants us to end: Ctrl-C, a signal, a closed terminal, or the end of what started us. */
export function stopRequested(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve())
    const parentPid = process.ppid
    setInterval(() => {
      if (process.ppid !== parentPid) resolve()
    }, PARENT_POLL_MS).unref()
  })
}
