import type { Entry } from './entry.ts'
import { pageNotFound, toEnterOptions } from './entry.ts'
import { invoke, tell } from './failures.ts'
import { currentPage, type Host } from './host.ts'
import { followForeground } from './network.ts'
import { hidePage, showPage } from './page.ts'
import { reLaunch } from './router.ts'

/** The user leaves: Home key, capsule, or a sheet of WeChat's own over the app. Page first, then the app. */
export function enterBackground(host: Host): void {
  if (!host.isForeground) return
  host.isForeground = false
  followForeground(host, false)
  const page = currentPage(host)
  hidePage(host, page)
  invoke(host, page?.instance, 'onSaveExitState')
  invoke(host, host.app, 'onHide')
  tell(host, 'AppHide')
}

/**
 * The user comes back (热启动). Without a path everything is as it was left; with one WeChat relaunches there.
 * https://developers.weixin.qq.com/miniprogram/dev/framework/runtime/operating-mechanism.html
 */
export function enterForeground(host: Host, entry: Entry = {}): void {
  enterBackground(host)
  host.isForeground = true
  followForeground(host, true)
  host.enterOptions = toEnterOptions(host, entry)
  tellShow(host)
  if (entry.path === undefined) showPage(host, currentPage(host))
  else openEntry(host)
}

/** `App.onShow` and `wx.onAppShow`, with the options of the latest entry. */
export function tellShow(host: Host): void {
  const options = host.env.logic.adopt(host.enterOptions)
  invoke(host, host.app, 'onShow', options)
  tell(host, 'AppShow', options)
}

/** Opens the page of the latest entry; one that does not exist is the app's to replace, at once (`onPageNotFound`). */
export function openEntry(host: Host): void {
  const { path, query } = host.enterOptions
  if (host.config.pages.includes(path)) {
    reLaunch(host, { path, query })
    return
  }
  const before = currentPage(host)
  const missing = host.env.logic.adopt({ path, query, isEntryPage: true })
  invoke(host, host.app, 'onPageNotFound', missing)
  tell(host, 'PageNotFound', missing)
  if (currentPage(host) === before) throw pageNotFound(host, path)
}
