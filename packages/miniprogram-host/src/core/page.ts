import { scrollWatcher } from '../view/page-scroll.ts'
import { type WindowConfig, windowOf } from './app-config.ts'
import { callBack, invoke } from './failures.ts'
import type { Host } from './host.ts'
import { copyJson } from './json.ts'
import { addStyleSheet } from './style.ts'

export interface PageInstance extends Record<string, unknown> {
  data: Record<string, unknown>
  setData(data: Record<string, unknown>, callback?: () => void): void
}

export interface PageRecord {
  id: number
  path: string
  query: Record<string, string>
  instance: PageInstance
  /** The `wx-page` element. */
  holder: HTMLElement
  /** What scrolls: the root element of the page's template. */
  scroller: Element
  /** app.json `window` and the page's JSON, later what `wx.setNavigationBar*` set. */
  window: WindowConfig
  release(): void
}

/** Creates the page's component tree from its template and attaches it to the screen. */
export function mountPage(host: Host, path: string, query: Record<string, string>): PageRecord {
  const { document } = host.env.window
  addPageStyles(host, path)
  const id = host.nextPageId++
  const holder = document.createElement('wx-page')
  holder.dataset.route = path
  holder.dataset.style = host.config.style
  const slot = document.createElement('wx-slot')
  holder.append(slot)
  host.env.screen.append(holder)
  const root = host.backend.createRoot('page-root', host.space, path)
  const instance = root.get() as unknown as PageInstance
  bindInstance(host, instance, { id, path, query })
  root.attach(holder as never, slot as never)
  const scroller = holder.firstElementChild ?? holder
  const config = windowOf(host.env.files, host.config, path)
  const page: PageRecord = { id, path, query, instance, holder, scroller, window: config, release }
  scroller.addEventListener('scroll', scrollWatcher(host, page))
  return page

  function release(): void {
    root.release()
    holder.remove()
  }
}

function addPageStyles(host: Host, path: string): void {
  const { window, viewport, hasLayout, files } = host.env
  const target = { document: window.document, widthPx: viewport.width, canScope: hasLayout }
  addStyleSheet(target, files, 'app.wxss', 'wx-page')
  for (const name of Object.keys(files)) {
    if (name.endsWith('.wxss') && files[name.replace(/wxss$/, 'json')]?.includes('"component"')) {
      addStyleSheet(target, files, name, 'wx-page')
    }
  }
  addStyleSheet(target, files, `${path}.wxss`, `wx-page[data-route="${path}"]`)
}

/** Members that WeChat puts on a page, and `setData` as it crosses two threads: by JSON, answered later. */
function bindInstance(host: Host, instance: PageInstance, page: Pick<PageRecord, 'id' | 'path' | 'query'>): void {
  const setData = instance.setData.bind(instance)
  const members: Record<string, unknown> = {
    route: page.path,
    __route__: page.path,
    options: host.env.logic.adopt(page.query),
    getPageId: () => String(page.id),
    setData: (data: Record<string, unknown>, callback?: () => void) => {
      setData(copyJson(data))
      if (callback) host.env.window.setTimeout(() => callBack(host, callback.bind(instance)), 0)
    },
  }
  for (const [name, value] of Object.entries(members)) {
    Object.defineProperty(instance, name, { value, writable: true, configurable: true })
  }
}

export function openPage(host: Host, path: string, query: Record<string, string>): PageRecord {
  host.register(path)
  const page = mountPage(host, path, query)
  host.stack.push(page)
  if (host.config.tabPaths.has(path)) host.tabCache.set(path, page)
  invoke(host, page.instance, 'onLoad', host.env.logic.adopt(query))
  invoke(host, page.instance, 'onShow')
  host.env.window.setTimeout(() => invoke(host, page.instance, 'onReady'), 0)
  return page
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
