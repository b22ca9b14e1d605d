import { toJsonArguments } from '../../automator/log-arguments.ts'
import type { AppFunction, LogicRealm } from '../../core/environment.ts'
import { HostError } from '../../core/errors.ts'

type Run = (variables: Record<string, unknown>) => unknown

interface LogicWindow extends Window {
  JSON: JSON
  Promise: PromiseConstructor
  ArrayBuffer: ArrayBufferConstructor
  Uint8Array: Uint8ArrayConstructor
  Error: ErrorConstructor
  console: Console
  modules: Map<string, Run>
}

export interface LogicFrameOptions {
  emit(event: string, parameters: Record<string, unknown>): void
  fail(error: unknown, kind?: 'UnhandledRejection'): void
}

/** The logic thread: an iframe whose policy forbids eval and the network; it holds every module of the build. */
export async function openLogicFrame({ emit, fail }: LogicFrameOptions): Promise<LogicRealm> {
  const frame = document.createElement('iframe')
  frame.src = '/-/logic'
  frame.hidden = true
  await new Promise((resolve) => {
    frame.addEventListener('load', resolve, { once: true })
    document.body.append(frame)
  })
  const realm = frame.contentWindow as unknown as LogicWindow
  const globals: Record<string, unknown> = realm as unknown as Record<string, unknown>
  globals.global = realm
  watchConsole(realm.console, emit)
  realm.addEventListener('error', (event) => fail(event.error ?? event.message))
  realm.addEventListener('unhandledrejection', (event) => fail(event.reason, 'UnhandledRejection'))
  return {
    Promise: realm.Promise,
    ArrayBuffer: realm.ArrayBuffer,
    Uint8Array: realm.Uint8Array,
    Error: realm.Error,
    adopt: (value) => (value === undefined ? value : realm.JSON.parse(JSON.stringify(value))),
    setGlobal: (name, value) => {
      globals[name] = value
    },
    runModule: (path, variables) => {
      const run = realm.modules.get(path)
      if (!run) throw new Error(`module '${path}' is not defined: build the mini-program again.`)
      run({ ...variables, global: realm })
    },
    evaluate: (address) => loadFunction(realm, address),
  }
}

/** A function that automator sent, as a script of this origin; `wx`, `getApp` and their like are globals for it. */
async function loadFunction(realm: LogicWindow, address: string): Promise<AppFunction> {
  const script = realm.document.createElement('script')
  script.src = address
  await new Promise<void>((resolve, reject) => {
    script.addEventListener('load', () => resolve())
    script.addEventListener('error', () => reject(new HostError('The preview server does not serve this function.')))
    realm.document.head.append(script)
  }).finally(() => script.remove())
  const run = realm.modules.get(address)
  realm.modules.delete(address)
  return run?.(realm as unknown as Record<string, unknown>) as AppFunction
}

/** Logs still appear in the browser's console, and in ours. */
function watchConsole(console: Console, emit: LogicFrameOptions['emit']): void {
  for (const level of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    const original = console[level].bind(console)
    console[level] = (...args: unknown[]) => {
      original(...args)
      emit('App.logAdded', { type: level, args: toJsonArguments(args) })
    }
  }
}
