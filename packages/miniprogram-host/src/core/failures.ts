import { describeError } from './errors.ts'
import type { Host } from './host.ts'

export type FailureKind = 'Error' | 'UnhandledRejection'

/** An error that the app did not catch: told to the app, to the automator and to whoever watches. */
export function reportFailure(host: Host, error: unknown, kind: FailureKind = 'Error'): void {
  const { message, stack } = describeError(error)
  host.env.emit('App.exceptionThrown', { message, exceptionDetails: { text: stack } })
  const told = kind === 'Error' ? stack : host.env.logic.adopt({ reason: message })
  for (const handler of [host.app?.[`on${kind}`], ...(host.listeners.get(kind) ?? [])]) {
    try {
      if (typeof handler === 'function') handler(told)
    } catch {
      // An error handler that throws must not call itself.
    }
  }
}

/** Calls a lifecycle or a callback of the app; what it throws is reported, not passed on. */
export function invoke(host: Host, owner: unknown, name: string, ...args: unknown[]): unknown {
  if (typeof owner !== 'object' || owner === null) return undefined
  const method: unknown = Reflect.get(owner, name)
  if (typeof method !== 'function') return undefined
  try {
    return Reflect.apply(method, owner, args)
  } catch (error) {
    reportFailure(host, error)
    return undefined
  }
}

export function callBack(host: Host, callback: unknown, ...args: unknown[]): void {
  if (typeof callback === 'function') invoke(host, { callback }, 'callback', ...args)
}

/** Calls what the app registered with `wx.on<event>`. */
export function tell(host: Host, event: string, ...args: unknown[]): void {
  for (const listener of [...(host.listeners.get(event) ?? [])]) callBack(host, listener, ...args)
}

/** A line in the app's console that WeChat, or this host, writes there. */
export function warn(host: Host, text: string): void {
  host.env.emit('App.logAdded', { type: 'warn', args: [text] })
}
