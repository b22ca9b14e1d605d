import type { KeyValueStore } from '../../core/environment.ts'

export const storagePrefix = (appid: string): string => `miniprogram:${appid}:`

/** `wx` storage kept in the browser profile, apart from our own keys and from other mini-programs'. */
export function createLocalStore(appid: string): KeyValueStore {
  const prefix = storagePrefix(appid)
  const keys = (): string[] =>
    Object.keys(localStorage)
      .filter((key) => key.startsWith(prefix))
      .map((key) => key.slice(prefix.length))
  return {
    get: (key) => localStorage.getItem(prefix + key) ?? undefined,
    set: (key, value) => localStorage.setItem(prefix + key, value),
    delete: (key) => localStorage.removeItem(prefix + key),
    clear: () => {
      for (const key of keys()) localStorage.removeItem(prefix + key)
    },
    keys,
  }
}
