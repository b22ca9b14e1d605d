import { scrollWatcher } from '../view/page-scroll.ts'
import { CUSTOM_TAB_BAR, type WindowConfig } from './app-config.ts'
import { type CustomTabBar, hasCustomTabBar, mountTabBar } from './custom-tab-bar.ts'
import type { GlassEasel } from './environment.ts'
import type { EventChannel } from './event-channel.ts'
import { invoke } from './failures.ts'
import type { Host } from './host.ts'
import { themedWindow } from './theme.ts'
import { deviceOf } from './wxss/device.ts'
import { useSheets } from './wxss/sheets.ts'

export interface PageInstance extends Record<string, unknown> {
  data: Record<string, unknown>
  setData(data: Record<string, unknown>, callback?: () => void): void
}

export interface PageRecord {
  id: number
  path: string
  query: Record<string, string>
  instance: PageInstance
  component: GlassEasel.GeneralComponent
  /** The app's own, on a tab page. */
  tabBar: CustomTabBar | undefined
  /** The end of the line to the page that opened this one. */
  channel: EventChannel | undefined
  /** What `wx.enableAlertBeforeUnload` asks before the user may go back. */
  alertBeforeUnload: string | undefined
  /** The `wx-page` element. */
  holder: HTMLElement
  /** What scrolls: the root element of the page's template. */
  scroller: Element
  /** app.json `window` and the page's JSON, later what `wx.setNavigationBar*` set. */
  window: WindowConfig
  release(): void
}

/** Creates the page's component tree from its template and attaches it to the screen. */
export function mountPage(
  host: Host,
  path: string,
  query: Record<string, string>,
  channel: EventChannel | undefined,
): PageRecord {
  const { document } = host.env.window
  const id = host.nextPageId++
  const holder = document.createElement('wx-page')
  holder.dataset.route = path
  holder.dataset.style = host.config.style
  holder.dataset.theme = deviceOf(host).theme
  const hasTabBar = hasCustomTabBar(host, path)
  if (hasTabBar) host.register(CUSTOM_TAB_BAR)
  useSheets(host, holder, hasTabBar ? [path, CUSTOM_TAB_BAR] : [path])
  const slot = document.createElement('wx-slot')
  holder.append(slot)
  host.env.screen.append(holder)
  const root = host.backend.createRoot('page-root', host.space, withQuery(path, query))
  const instance = root.get() as unknown as PageInstance
  bindInstance(host, instance, { id, path, query, channel })
  root.attach(holder as never, slot as never)
  const scroller = holder.firstElementChild ?? holder
  const tabBar = hasTabBar ? mountTabBar(host, holder) : undefined
  const page: PageRecord = {
    id,
    path,
    query,
    instance,
    component: root.getComponent(),
    tabBar,
    channel,
    alertBeforeUnload: undefined,
    holder,
    scroller,
    window: themedWindow(host, path),
    release,
  }
  scroller.addEventListener('scroll', scrollWatcher(host, page))
  return page

  function release(): void {
    root.release()
    tabBar?.release()
    holder.remove()
  }
}

/** A page that is a Component finds the query in its properties, as it was written. */
function withQuery(path: string, query: Record<string, string>): string {
  const pairs = Object.entries(query).map((pair) => pair.map(encodeURIComponent).join('='))
  return pairs.length === 0 ? path : `${path}?${pairs.join('&')}`
}

/** Members that WeChat puts on a page. */
function bindInstance(
  host: Host,
  instance: PageInstance,
  page: Pick<PageRecord, 'id' | 'path' | 'query' | 'channel'>,
): void {
  const members: Record<string, unknown> = {
    route: page.path,
    __route__: page.path,
    options: host.env.logic.adopt(page.query),
    exitState: undefined,
    renderer: 'webview',
    getPageId: () => String(page.id),
    getOpenerEventChannel: () => page.channel ?? host.env.logic.adopt({}),
  }
  for (const [name, value] of Object.entries(members)) {
    Object.defineProperty(instance, name, { value, writable: true, configurable: true })
  }
}

export function openPage(host: Host, path: string, query: Record<string, string>, channel?: EventChannel): PageRecord {
  host.register(path)
  const page = mountPage(host, path, query, channel)
  host.stack.push(page)
  if (host.config.tabPaths.has(path)) host.tabCache.set(path, page)
  invoke(host, page.instance, 'onLoad', host.env.logic.adopt(query))
  showPage(host, page)
  host.env.window.setTimeout(() => {
    invoke(host, page.instance, 'onReady')
    invoke(host, page.instance, 'onRouteDone')
  }, 0)
  return page
}

/** GUESS: the page hears of it before its components do. */
export function showPage(host: Host, page: PageRecord | undefined): void {
  invoke(host, page?.instance, 'onShow')
  page?.component.triggerPageLifetime('show', [])
}

export function hidePage(host: Host, page: PageRecord | undefined): void {
  invoke(host, page?.instance, 'onHide')
  page?.component.triggerPageLifetime('hide', [])
}

export function closePage(host: Host, page: PageRecord): void {
  invoke(host, page.instance, 'onUnload')
  page.release()
  host.tabCache.delete(page.path)
}

/** Only the top of the stack is on the screen. */
export function showTop(host: Host): void {
  const top = host.stack.at(-1)
  for (const page of [...host.stack, ...host.tabCache.values()]) page.holder.hidden = page !== top
  if (top) host.chrome.routed?.(host, top)
}
