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
  const askBeforeUnload = (message: string | undefined): void => {
    const page = currentPage(host)
    if (page) page.alertBeforeUnload = message
  }
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
    showNavigationBarLoading: asyncApi(host, 'showNavigationBarLoading', () => setWindow({ isLoading: true })),
    hideNavigationBarLoading: asyncApi(host, 'hideNavigationBarLoading', () => setWindow({ isLoading: false })),
    hideHomeButton: asyncApi(host, 'hideHomeButton', () => setWindow({ isHomeButtonHidden: true })),
    enableAlertBeforeUnload: asyncApi(
      host,
      'enableAlertBeforeUnload',
      ({ message }) => askBeforeUnload(String(message ?? '')),
      'callbacks',
    ),
    disableAlertBeforeUnload: asyncApi(host, 'disableAlertBeforeUnload', () => askBeforeUnload(undefined), 'callbacks'),
  }
}

export function startRefresh(host: Host): void {
  const page = currentPage(host)
  if (!page) return
  host.chrome.refreshing?.(page, true)
  invoke(host, page.instance, 'onPullDownRefresh')
}
