import { describeError } from './errors.ts'
import type { Host } from './host.ts'

/** An error that the app did not catch: told to the app, to the automator and to whoever watches. */
export function reportFailure(host: Host, error: unknown): void {
  const { message, stack } = describeError(error)
  host.env.emit('App.exceptionThrown', { message, exceptionDetails: { text: stack } })
  const handlers = [host.app?.onError, ...(host.listeners.get('Error') ?? [])]
  for (const handler of handlers) {
    try {
      if (typeof handler === 'function') handler(stack)
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
