import { propertiesOf } from '../view/properties.ts'
import { invoke } from './failures.ts'
import { currentPage, type Host } from './host.ts'
import { isRecord } from './json.ts'
import type { PageRecord } from './page.ts'

/** What lies in the card, on Moments or among the favorites. */
export interface Share {
  title: string
  /** Of the page that opens, with its query, without a leading slash. */
  path: string
  imageUrl: string | undefined
}

export interface ShareMenu {
  message: boolean
  timeline: boolean
  favorite: boolean
}

/** A card whose content is not there after this long goes out with what it has. */
const PROMISE_MS = 3000

const hidden = new WeakMap<PageRecord, Set<string>>()

/** `wx.showShareMenu` and `wx.hideShareMenu`, for the open page. */
export function setShareMenu(host: Host, menus: string[], isShown: boolean): void {
  const page = currentPage(host)
  if (!page) return
  const off = hidden.get(page) ?? new Set()
  hidden.set(page, off)
  for (const menu of menus) isShown ? off.delete(menu) : off.add(menu)
}

/** What the capsule's menu offers on the open page: WeChat shows 转发 only where the page has written what to say. */
export function shareMenu(host: Host): ShareMenu {
  const page = currentPage(host)
  const has = (method: string, menu: string): boolean =>
    page !== undefined && typeof page.instance[method] === 'function' && !hidden.get(page)?.has(menu)
  const message = has('onShareAppMessage', 'shareAppMessage')
  return { message, timeline: message && has('onShareTimeline', 'shareTimeline'), favorite: page !== undefined }
}

/**
 * The card that goes to a friend. `target` is the button's, as its events carry it.
 * https://developers.weixin.qq.com/miniprogram/dev/reference/api/Page.html#onShareAppMessage-Object-object
 */
export async function shareMessage(host: Host, from: 'menu' | 'button', target?: unknown): Promise<Share | undefined> {
  const page = currentPage(host)
  if (!page) return undefined
  const webViewUrl = webViewOf(host, page)
  const options = host.env.logic.adopt({ from, target, ...(webViewUrl && { webViewUrl }) })
  const said = await invoke(host, page.instance, 'onShareAppMessage', options)
  const later = isRecord(said) ? await inTime(host, said.promise) : undefined
  return cardOf(host, page, { ...Object(said), ...Object(later) })
}

/** 分享到朋友圈: always the open page, only the query is the app's. */
export function shareTimeline(host: Host): Share | undefined {
  return ownPage(host, 'onShareTimeline', {})
}

export function addToFavorites(host: Host): Share | undefined {
  const page = currentPage(host)
  const webViewUrl = page && webViewOf(host, page)
  return ownPage(host, 'onAddToFavorites', webViewUrl ? { webViewUrl } : {})
}

function ownPage(host: Host, method: string, options: Record<string, unknown>): Share | undefined {
  const page = currentPage(host)
  if (!page) return undefined
  const said = invoke(host, page.instance, method, host.env.logic.adopt(options))
  const { title, imageUrl, query } = isRecord(said) ? said : {}
  return cardOf(host, page, {
    title,
    imageUrl,
    path: query === undefined ? undefined : `${page.path}?${String(query)}`,
  })
}

function cardOf(host: Host, page: PageRecord, said: Record<string, unknown>): Share {
  const text = (value: unknown): string | undefined => (value === undefined || value === '' ? undefined : String(value))
  const query = Object.entries(page.query).map((pair) => pair.join('='))
  return {
    title: text(said.title) ?? host.config.window.navigationBarTitleText ?? '',
    path: (text(said.path) ?? [page.path, query.join('&')].filter(Boolean).join('?')).replace(/^\//, ''),
    imageUrl: text(said.imageUrl),
  }
}

function inTime(host: Host, promise: unknown): Promise<unknown> {
  const late = new Promise((resolve) => host.env.window.setTimeout(() => resolve(undefined), PROMISE_MS))
  return Promise.race([promise, late]).catch(() => undefined)
}

function webViewOf(host: Host, page: PageRecord): string | undefined {
  const webView = page.holder.querySelector('wx-web-view')
  return webView ? String(propertiesOf(host, webView).src ?? '') : undefined
}
