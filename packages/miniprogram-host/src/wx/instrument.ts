import type { AppFunction } from '../core/environment.ts'
import type { Host } from '../core/host.ts'

/** Puts an API on `wx`: own and enumerable (Taro copies the keys), journalled, and replaceable by a mock. */
export function defineApi(host: Host, name: string, implementation: AppFunction): void {
  host.wx[name] = (...args: unknown[]) => {
    host.calls.push({ method: name, args })
    const mock = host.mocks.get(name)
    return mock ? mock(...args) : implementation(...args)
  }
}

export function defineApis(host: Host, apis: Record<string, AppFunction>): void {
  for (const [name, implementation] of Object.entries(apis)) defineApi(host, name, implementation)
}
