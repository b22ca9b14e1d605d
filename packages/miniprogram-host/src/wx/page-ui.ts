import type { WindowConfig } from '../core/app-config.ts'
import { invoke } from '../core/failures.ts'
import { currentPage, type Host } from '../core/host.ts'
import { asyncApi } from './contract.ts'

/** What a page may change about the bars around it and about its own scrolling. */
export function pageApis(host: Host) {
  const setWindow = (change: WindowConfig): void => {
    const page = currentPage(host)
    if (!page) return
    Object.assign(page.window, change)
    host.chrome.routed?.(host, page)
  }
  const refreshing = (on: boolean): void => {
    const page = currentPage(host)
    if (page) host.chrome.refreshing?.(page, on)
  }
  const badge = (index: unknown, text: string): void => host.chrome.badge?.(host, Number(index ?? 0), text)
  return {
    setNavigationBarTitle: asyncApi(host, 'setNavigationBarTitle', ({ title }) =>
      setWindow({ navigationBarTitleText: String(title ?? '') }),
    ),
    setNavigationBarColor: asyncApi(host, 'setNavigationBarColor', ({ frontColor, backgroundColor }) =>
      setWindow({
        navigationBarTextStyle: frontColor === '#ffffff' ? 'white' : 'black',
        navigationBarBackgroundColor: String(backgroundColor),
      }),
    ),
    startPullDownRefresh: asyncApi(host, 'startPullDownRefresh', () => startRefresh(host)),
    stopPullDownRefresh: asyncApi(host, 'stopPullDownRefresh', () => refreshing(false)),
    pageScrollTo: asyncApi(host, 'pageScrollTo', ({ scrollTop }) => {
      const scroller = currentPage(host)?.scroller
      if (scroller) scroller.scrollTop = Number(scrollTop ?? 0)
    }),
    setTabBarBadge: asyncApi(host, 'setTabBarBadge', ({ index, text }) => badge(index, String(text ?? ''))),
    removeTabBarBadge: asyncApi(host, 'removeTabBarBadge', ({ index }) => badge(index, '')),
    showTabBarRedDot: asyncApi(host, 'showTabBarRedDot', ({ index }) => badge(index, '●')),
    hideTabBarRedDot: asyncApi(host, 'hideTabBarRedDot', ({ index }) => badge(index, '')),
  }
}

export function startRefresh(host: Host): void {
  const page = currentPage(host)
  if (!page) return
  host.chrome.refreshing?.(page, true)
  invoke(host, page.instance, 'onPullDownRefresh')
}
