import type { TabItem } from '../../core/app-config.ts'
import { currentPage, type Host } from '../../core/host.ts'
import type { PageRecord } from '../../core/page.ts'
import { tapTab } from '../../core/tabs.ts'
import { make, part } from './dom.ts'

const badges = new Map<number, string>()

export function drawTabBar(host: Host, page: PageRecord): void {
  const { tabBar, tabPaths } = host.config
  const bar = part('host-tabs')
  const isTab = tabPaths.has(page.path) && !tabBar?.custom && !tabBar?.isHidden
  part('host-phone').dataset.tabs = String(isTab)
  if (!tabBar || !isTab) {
    bar.replaceChildren()
    return
  }
  bar.style.setProperty('--tab-background', tabBar.backgroundColor ?? '#ffffff')
  bar.style.setProperty('--tab-color', tabBar.color ?? '#888888')
  bar.style.setProperty('--tab-selected', tabBar.selectedColor ?? '#07c160')
  bar.replaceChildren(...tabBar.list.map((item, index) => drawItem(host, item, index, item.pagePath === page.path)))
}

function drawItem(host: Host, item: TabItem, index: number, selected: boolean): HTMLElement {
  const icon = selected ? (item.selectedIconPath ?? item.iconPath) : item.iconPath
  const badge = badges.get(index)
  const tab = make('div', { class: 'tab', role: 'tab', 'aria-selected': String(selected) }, [
    ...(icon ? [make('img', { src: `/-/build/${icon.replace(/^\.?\//, '')}`, alt: '' })] : []),
    make('span', {}, [item.text]),
    ...(badge ? [make('i', { class: badge === '●' ? 'tab-dot' : 'tab-badge' }, [badge === '●' ? '' : badge])] : []),
  ])
  tab.addEventListener('click', () => tapTab(host, index))
  return tab
}

export function setBadge(host: Host, index: number, text: string): void {
  badges.set(index, text)
  const page = currentPage(host)
  if (page) drawTabBar(host, page)
}
