import type { Viewport } from './environment.ts'
import { invoke, tell } from './failures.ts'
import { currentPage, type Host } from './host.ts'
import { restyle } from './wxss/sheets.ts'

const NAVIGATION_BAR_PX = 44

/** The phone is turned, or another one is chosen: the open page and its components hear of it. */
export function resize(host: Host, change: Partial<Viewport>): void {
  Object.assign(host.env.viewport, change)
  restyle(host)
  const { width, height, statusBarHeight } = host.env.viewport
  const size = { windowWidth: width, windowHeight: height - statusBarHeight - NAVIGATION_BAR_PX }
  const page = currentPage(host)
  invoke(host, page?.instance, 'onResize', host.env.logic.adopt({ size }))
  page?.component.triggerPageLifetime('resize', [host.env.logic.adopt(size)])
  tell(host, 'WindowResize', host.env.logic.adopt({ size }))
}
