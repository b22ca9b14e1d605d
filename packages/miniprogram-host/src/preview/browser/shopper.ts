import type { KeyValueStore } from '../../core/environment.ts'

export const SHOPPER_KEY = 'preview:openid'

/** The same shopper returns with the same browser profile; `?openid=` becomes another one, without the first's storage. */
export function currentShopper(store: KeyValueStore): string | undefined {
  const known = localStorage.getItem(SHOPPER_KEY) ?? undefined
  const asked = new URLSearchParams(location.search).get('openid') ?? undefined
  if (asked === undefined || asked === known) return known
  store.clear()
  localStorage.setItem(SHOPPER_KEY, asked)
  return asked
}

export const rememberShopper = (openid: string): void => localStorage.setItem(SHOPPER_KEY, openid)

/** Forgets who was here and what they stored; the simulator names the next one. */
export function newShopper(store: KeyValueStore): void {
  store.clear()
  localStorage.removeItem(SHOPPER_KEY)
  const url = new URL(location.href)
  url.searchParams.delete('openid')
  location.replace(url)
}
