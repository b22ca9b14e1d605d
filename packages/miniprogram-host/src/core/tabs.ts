import type { TabItem } from './app-config.ts'
import { invoke } from './failures.ts'
import { currentPage, type Host } from './host.ts'
import { route } from './router.ts'

/** The user taps a tab. GUESS: the page that is open afterwards is told, also when it was open already. */
export function tapTab(host: Host, index: number): void {
  const item: TabItem | undefined = host.config.tabBar?.list[index]
  if (!item) return
  route(host, 'switchTab', { url: `/${item.pagePath}` })
  const told = { index: String(index), pagePath: item.pagePath, text: item.text }
  invoke(host, currentPage(host)?.instance, 'onTabItemTap', host.env.logic.adopt(told))
}
