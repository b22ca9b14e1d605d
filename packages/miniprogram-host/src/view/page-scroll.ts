import { invoke } from '../core/failures.ts'
import type { Host } from '../core/host.ts'
import type { PageRecord } from '../core/page.ts'

const REACH_BOTTOM_PX = 50

/** `onPageScroll`, and `onReachBottom` once per arrival at the bottom. */
export function scrollWatcher(host: Host, page: PageRecord): (event: Event) => void {
  let atBottom = false
  return (event) => {
    const scroller = event.currentTarget
    if (!(scroller instanceof host.env.window.Element)) return
    invoke(host, page.instance, 'onPageScroll', host.env.logic.adopt({ scrollTop: scroller.scrollTop }))
    const left = scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop
    const arrived = left <= (page.window.onReachBottomDistance ?? REACH_BOTTOM_PX)
    if (arrived && !atBottom) invoke(host, page.instance, 'onReachBottom')
    atBottom = arrived
  }
}
