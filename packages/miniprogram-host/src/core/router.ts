import { closePageContainer } from '../view/components/portals.ts'
import { createEventChannels, type EventChannel } from './event-channel.ts'
import { currentPage, type Host } from './host.ts'
import { closePage, hidePage, openPage, showPage, showTop } from './page.ts'
import { type PageAddress, parseAddress } from './path.ts'

export type RouteKind = 'navigateTo' | 'redirectTo' | 'switchTab' | 'reLaunch' | 'navigateBack'
const STACK_MAX = 10

export interface RouteOptions {
  url?: string
  delta?: number
  /** Of `navigateTo`: what the opener listens to. */
  events?: unknown
}

export interface Routed {
  /** Why not, in WeChat's words; undefined when the route was taken. */
  refusal?: string
  /** Of `navigateTo`: the opener's end of the line to the new page. */
  channel?: EventChannel
}

export function route(host: Host, kind: RouteKind, options: RouteOptions): Routed {
  if (kind === 'navigateBack') return navigateBack(host, options.delta ?? 1)
  const address = parseAddress(options.url ?? '', currentPage(host)?.path)
  const refusal = refuse(host, kind, address.path)
  if (refusal !== undefined) return { refusal }
  const channels = kind === 'navigateTo' ? createEventChannels(host, options.events) : undefined
  if (kind === 'switchTab') switchTab(host, address.path)
  else if (kind === 'reLaunch') reLaunch(host, address)
  else {
    if (kind === 'redirectTo') closeTop(host)
    else hidePage(host, currentPage(host))
    openPage(host, address.path, address.query, channels?.opened)
  }
  showTop(host)
  return channels ? { channel: channels.opener } : {}
}

function refuse(host: Host, kind: RouteKind, path: string): string | undefined {
  if (!host.config.pages.includes(path)) return `page "${path}" is not found`
  const isTab = host.config.tabPaths.has(path)
  if (kind === 'switchTab') return isTab ? undefined : 'can not switch to no-tabBar page'
  if (isTab && kind !== 'reLaunch') return `can not ${kind} a tabbar page`
  return kind === 'navigateTo' && host.stack.length >= STACK_MAX ? 'webview count limit exceed' : undefined
}

function navigateBack(host: Host, delta: number): Routed {
  if (closePageContainer(host)) return {}
  const steps = Math.min(delta, host.stack.length - 1)
  if (steps <= 0) return { refusal: 'cannot navigate back at first page.' }
  for (let step = 0; step < steps; step += 1) closeTop(host)
  showTop(host)
  showPage(host, currentPage(host))
  return {}
}

/** Tab pages stay alive behind each other; every other page on the way is closed. */
function switchTab(host: Host, path: string): void {
  const old = currentPage(host)
  if (old?.path === path) return
  while (host.stack.length > 0 && !host.config.tabPaths.has(currentPage(host)?.path ?? '')) closeTop(host)
  const leaving = host.stack.pop()
  if (leaving?.path === path) host.stack.push(leaving)
  else if (leaving && leaving === old) hidePage(host, leaving)
  const cached = host.tabCache.get(path)
  if (!cached) return void openPage(host, path, {})
  if (cached !== leaving) host.stack.push(cached)
  showPage(host, cached)
}

/** Everything is closed before the page opens; also how WeChat enters a running app at a page. */
export function reLaunch(host: Host, { path, query }: PageAddress): void {
  closeAll(host)
  openPage(host, path, query)
  showTop(host)
}

function closeTop(host: Host): void {
  const page = host.stack.pop()
  if (page) closePage(host, page)
}

export function closeAll(host: Host): void {
  while (host.stack.length > 0) closeTop(host)
  for (const page of host.tabCache.values()) closePage(host, page)
}
