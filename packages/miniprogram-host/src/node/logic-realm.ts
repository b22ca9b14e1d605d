import vm from 'node:vm'
import type { LogicRealm } from '../core/environment.ts'
import { HostError } from '../core/errors.ts'
import { LOGIC_GLOBALS } from './logic-globals.ts'

export interface LogicOptions {
  files: Readonly<Record<string, string>>
  log(type: string, args: unknown[]): void
  fail(error: unknown): void
}

const LEVELS = ['log', 'info', 'warn', 'error', 'debug', 'group', 'groupEnd'] as const
const RUN = ['setTimeout', 'setInterval'] as const

export interface NodeLogicRealm extends LogicRealm {
  /** Stops every timer of the app. */
  close(): void
}

/** The logic thread: ECMAScript, timers and console, no DOM, and no code from strings, as WeChat forbids it. */
export function createLogicRealm({ files, log, fail }: LogicOptions): NodeLogicRealm {
  const timers = new Set<NodeJS.Timeout>()
  const context = vm.createContext(
    {
      console: Object.fromEntries(LEVELS.map((level) => [level, (...args: unknown[]) => log(level, args)])),
      ...timerFunctions(timers, fail),
      queueMicrotask: (callback: () => void) => queueMicrotask(guard(callback, fail)),
    },
    { name: 'mini-program logic', codeGeneration: { strings: false, wasm: false } },
  )
  const realm: Record<string, unknown> & { JSON: JSON; Promise: PromiseConstructor } = vm.runInContext(
    'globalThis',
    context,
  )
  realm.global = realm
  vm.runInContext(LOGIC_GLOBALS, context)
  const { JSON: realmJson, ...constructors } = vm.runInContext(
    '({ JSON, Promise, ArrayBuffer, Uint8Array, Error })',
    context,
  )
  return {
    ...constructors,
    adopt: (value) => (value === undefined ? value : realmJson.parse(JSON.stringify(value))),
    setGlobal: (name, value) => {
      realm[name] = value
    },
    runModule: (path, variables) => {
      const code = files[path]
      if (code === undefined) throw new HostError(`module '${path}' is not defined: build the mini-program again.`)
      const options = { filename: `weapp:///${path}`, parsingContext: context }
      vm.compileFunction(code, Object.keys(variables), options)(...Object.values(variables))
    },
    evaluate: (source) => vm.runInContext(`(${source}\n)`, context),
    close: () => {
      for (const timer of timers) clearTimeout(timer)
      timers.clear()
    },
  }
}

type Callback = (...args: unknown[]) => unknown

/** What an app throws in a timer belongs to the app, not to this process. */
const guard =
  (callback: Callback, fail: (error: unknown) => void): Callback =>
  (...args) => {
    try {
      return callback(...args)
    } catch (error) {
      return fail(error)
    }
  }

function timerFunctions(timers: Set<NodeJS.Timeout>, fail: (error: unknown) => void): Record<string, Callback> {
  const native = { setTimeout, setInterval }
  const byId = new Map<number, NodeJS.Timeout>()
  const functions: Record<string, Callback> = {}
  let nextId = 1
  for (const kind of RUN) {
    functions[kind] = (callback, delayMs, ...args) => {
      if (typeof callback !== 'function') return 0
      const id = nextId++
      const timer = native[kind](guard(callback as Callback, fail), Number(delayMs ?? 0), ...args) as NodeJS.Timeout
      timers.add(timer)
      byId.set(id, timer)
      return id
    }
  }
  const clear: Callback = (id) => {
    const timer = byId.get(Number(id))
    if (!timer) return
    clearTimeout(timer)
    timers.delete(timer)
    byId.delete(Number(id))
  }
  return { ...functions, clearTimeout: clear, clearInterval: clear }
}
