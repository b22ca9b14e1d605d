import { invoke } from './failures.ts'
import { currentPage, type Host } from './host.ts'
import { closePage, openPage, showTop } from './page.ts'
import { parseAddress } from './path.ts'

export type RouteKind = 'navigateTo' | 'redirectTo' | 'switchTab' | 'reLaunch' | 'navigateBack'
const STACK_MAX = 10

/** Answers the reason of a refusal in WeChat's words, or undefined when the route was taken. */
export function route(host: Host, kind: RouteKind, options: { url?: string; delta?: number }): string | undefined {
  if (kind === 'navigateBack') return navigateBack(host, options.delta ?? 1)
  const { path, query } = parseAddress(options.url ?? '', currentPage(host)?.path)
  if (!host.config.pages.includes(path)) return `page "${path}" is not found`
  const isTab = host.config.tabPaths.has(path)
  if (kind === 'switchTab') {
    if (!isTab) return 'can not switch to no-tabBar page'
    switchTab(host, path)
  } else if (kind === 'reLaunch') {
    closeAll(host)
    openPage(host, path, query)
  } else {
    if (isTab) return `can not ${kind} a tabbar page`
    if (kind === 'navigateTo' && host.stack.length >= STACK_MAX) return 'webview count limit exceed'
    leaveTop(host, kind)
    openPage(host, path, query)
  }
  showTop(host)
  return undefined
}

function navigateBack(host: Host, delta: number): string | undefined {
  const steps = Math.min(delta, host.stack.length - 1)
  if (steps <= 0) return 'cannot navigate back at first page.'
  for (let step = 0; step < steps; step += 1) closeTop(host)
  const top = currentPage(host)
  showTop(host)
  invoke(host, top?.instance, 'onShow')
  return undefined
}

/** Tab pages stay alive behind each other; every other page on the way is closed. */
function switchTab(host: Host, path: string): void {
  const old = currentPage(host)
  if (old?.path === path) return
  while (host.stack.length > 0 && !host.config.tabPaths.has(currentPage(host)?.path ?? '')) closeTop(host)
  const leaving = host.stack.pop()
  if (leaving?.path === path) host.stack.push(leaving)
  else if (leaving && leaving === old) invoke(host, leaving.instance, 'onHide')
  const cached = host.tabCache.get(path)
  if (!cached) return void openPage(host, path, {})
  if (cached !== leaving) host.stack.push(cached)
  invoke(host, cached.instance, 'onShow')
}

function closeTop(host: Host): void {
  const page = host.stack.pop()
  if (page) closePage(host, page)
}

export function closeAll(host: Host): void {
  while (host.stack.length > 0) closeTop(host)
  for (const page of host.tabCache.values()) closePage(host, page)
}

function leaveTop(host: Host, kind: RouteKind): void {
  if (kind === 'redirectTo') closeTop(host)
  else invoke(host, currentPage(host)?.instance, 'onHide')
}
