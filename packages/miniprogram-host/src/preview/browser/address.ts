import type { Entry } from '../../core/entry.ts'
import { currentPage, type Host } from '../../core/host.ts'
import type { RunOptions } from '../../core/run-options.ts'

const RETURN_KEY = 'preview:return'

/** `path?query` of the page that is open. */
export function openAddress(host: Host): string | undefined {
  const page = currentPage(host)
  return page && addressOf(page.path, page.query)
}

export function addressOf(path: string, query: Record<string, string>): string {
  const search = Object.entries(query).map(([name, value]) => `${name}=${value}`)
  const [before, more] = [path.includes('?') ? '&' : '?', search.join('&')]
  return more ? path + before + more : path
}

/** Starts the app anew on the page that is open now. */
export function reloadHere(host: Host | undefined): void {
  const address = host && openAddress(host)
  if (address) sessionStorage.setItem(RETURN_KEY, address)
  location.reload()
}

/** Starts the app anew from an entry, as if the user came in that way. */
export function openCold({ path = '', query = {}, scene }: Entry): void {
  const search = new URLSearchParams({ path: addressOf(path, query), ...(scene && { scene: String(scene) }) })
  location.assign(`/?${search}`)
}

/** What the page's own address asks for, or the page before a reload, comes before what the server was started with. */
export function startAddress(run: RunOptions): RunOptions {
  const search = new URLSearchParams(location.search)
  const path = sessionStorage.getItem(RETURN_KEY) ?? search.get('path')
  const scene = Number(search.get('scene')) || undefined
  sessionStorage.removeItem(RETURN_KEY)
  if (path === null) return run
  return { ...run, path: path.replace(/^\//, ''), query: {}, ...(scene && { scene }) }
}
