import { identify, type ProcessIdentity } from '@shouyin/dev-postgres'

const POLL_MS = 1_000

/** Resolves when somebody wants us to end: Ctrl-C, a signal, a closed terminal, or the end of what started us. */
export function stopRequested(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve())
    const parentPid = process.ppid
    const callers = callersOf(parentPid)
    setInterval(() => {
      if (process.ppid !== parentPid || callers.some(isGone)) resolve()
    }, POLL_MS).unref()
  })
}

/** `npx pnpm dev` is a chain of npm, a shell and pnpm, which pass on no signal that only one of them is sent. */
function callersOf(parentPid: number): ProcessIdentity[] {
  const caller = identify(parentPid)
  return caller?.command.includes('pnpm') ? [caller, ...callersOf(caller.parentPid)] : []
}

/** Only the start tells: npm writes over its own command line. */
function isGone({ pid, started }: ProcessIdentity): boolean {
  return identify(pid)?.started !== started
}
