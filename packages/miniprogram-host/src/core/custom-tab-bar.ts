import { CUSTOM_TAB_BAR } from './app-config.ts'
import { callBack } from './failures.ts'
import type { Host } from './host.ts'

/** The app's own tab bar on one page. */
export interface CustomTabBar {
  /** Its component, as the app knows it. */
  instance: unknown
  release(): void
}

/** `"custom": true`: every tab page carries an instance of its own of `custom-tab-bar/index`. */
export const hasCustomTabBar = ({ config }: Host, path: string): boolean =>
  config.tabBar?.custom === true && config.tabPaths.has(path)

export function mountTabBar(host: Host, holder: HTMLElement): CustomTabBar {
  const slot = host.env.window.document.createElement('wx-slot')
  holder.append(slot)
  const root = host.backend.createRoot('custom-tab-bar', host.space, CUSTOM_TAB_BAR)
  root.attach(holder as never, slot as never)
  return { instance: root.get(), release: () => root.release() }
}

/** Finds the component whose template holds this one; null at the root of a tree. */
interface Owned {
  selectOwnerComponent(): Owned | null
}

/**
 * `getTabBar` of pages and components: the bar of the page that they stand on, null where there is none. The answer
 * also goes to a callback, as Skyline wants it.
 */
export function getTabBar(host: Host, component: Owned, callback: unknown): unknown {
  let top = component
  for (let owner: Owned | null = top; owner; owner = owner.selectOwnerComponent()) top = owner
  const pages = new Set([...host.stack, ...host.tabCache.values()])
  const page = [...pages].find(({ instance, tabBar }) => (instance as unknown) === top || tabBar?.instance === top)
  const bar = page?.tabBar?.instance ?? null
  callBack(host, callback, bar)
  return bar
}
