import type { AutoSettings } from '../env.ts'
import { launch } from './launch.ts'

const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const

/** Answers automator clients until one sends Tool.close, a signal comes, or nobody has been there for a while. */
export async function runAuto(settings: AutoSettings): Promise<void> {
  const { command, autoPort: port, apiUrl: apiBaseUrl, simulatorUrl, idleMs, ...shared } = settings
  const { promise: stopped, resolve: stop } = Promise.withResolvers<void>()
  for (const signal of SIGNALS) process.once(signal, () => stop())
  const launched = await launch({
    ...shared,
    port,
    ...(simulatorUrl !== undefined && { simulatorUrl }),
    extConfig: { ...(apiBaseUrl && { apiBaseUrl }), ...(simulatorUrl && { simulatorUrl }) },
    onClients: watchIdle(idleMs, stop),
  })
  console.log(`automator ${launched.wsEndpoint}`)
  await Promise.race([stopped, launched.closed])
  await launched.close()
  process.exit(0)
}

/** A test that was killed sends no Tool.close: nothing of ours may outlive it for long. */
function watchIdle(idleMs: number, stop: () => void): (clients: number) => void {
  let timer: NodeJS.Timeout | undefined
  const watch = (clients: number): void => {
    clearTimeout(timer)
    if (clients === 0 && idleMs > 0) timer = setTimeout(stop, idleMs)
  }
  watch(0)
  return watch
}
