import { currentPage, type Host } from '../../core/host.ts'
import type { PageRecord } from '../../core/page.ts'
import { startRefresh } from '../../wx/page-ui.ts'
import { make, part } from './dom.ts'

const PULL_PX = 70

/** A pull on a page that allows it starts a refresh. */
export function watchPullDown(host: Host): void {
  let startY: number | undefined
  const screen = part('host-screen')
  screen.addEventListener('pointerdown', (event) => {
    const page = currentPage(host)
    const atTop = page?.scroller.scrollTop === 0
    startY = page?.window.enablePullDownRefresh && atTop ? event.clientY : undefined
  })
  screen.addEventListener('pointerup', (event) => {
    if (startY !== undefined && event.clientY - startY > PULL_PX) startRefresh(host)
    startY = undefined
  })
}

/** The three dots above the page while it refreshes. */
export function drawRefreshing(page: PageRecord, on: boolean): void {
  page.holder.querySelector('.host-refreshing')?.remove()
  if (on) page.holder.prepend(make('div', { class: 'host-refreshing' }, [make('i'), make('i'), make('i')]))
}
