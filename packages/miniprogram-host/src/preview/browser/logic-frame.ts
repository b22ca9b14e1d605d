import type { LogicRealm } from '../../core/environment.ts'

type Run = (variables: Record<string, unknown>) => void

interface LogicWindow extends Window {
  JSON: JSON
  Promise: PromiseConstructor
  console: Console
  modules: Map<string, Run>
}

export interface LogicFrameOptions {
  log(type: string, args: unknown[]): void
  fail(error: unknown, kind?: 'UnhandledRejection'): void
}

/** The logic thread: an iframe whose policy forbids eval and the network; it holds every module of the build. */
export async function openLogicFrame({ log, fail }: LogicFrameOptions): Promise<LogicRealm> {
  const frame = document.createElement('iframe')
  frame.src = '/-/logic'
  frame.hidden = true
  await new Promise((resolve) => {
    frame.addEventListener('load', resolve, { once: true })
    document.body.append(frame)
  })
  const realm = frame.contentWindow as unknown as LogicWindow
  const globals: Record<string, unknown> = realm as unknown as Record<string, unknown>
  watchConsole(realm.console, log)
  realm.addEventListener('error', (event) => fail(event.error ?? event.message))
  realm.addEventListener('unhandledrejection', (event) => fail(event.reason, 'UnhandledRejection'))
  return {
    Promise: realm.Promise,
    adopt: (value) => (value === undefined ? value : realm.JSON.parse(JSON.stringify(value))),
    setGlobal: (name, value) => {
      globals[name] = value
    },
    runModule: (path, variables) => {
      const run = realm.modules.get(path)
      if (!run) throw new Error(`module '${path}' is not defined: build the mini-program again.`)
      run({ ...variables, global: realm })
    },
  }
}

/** Logs still appear in the browser's console, and in ours. */
function watchConsole(console: Console, log: LogicFrameOptions['log']): void {
  for (const level of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    const original = console[level].bind(console)
    console[level] = (...args: unknown[]) => {
      original(...args)
      log(level, args)
    }
  }
}
