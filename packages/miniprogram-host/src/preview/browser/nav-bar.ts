import { goBack } from '../../core/back.ts'
import type { Host } from '../../core/host.ts'
import type { PageRecord } from '../../core/page.ts'
import { route } from '../../core/router.ts'
import { make, makeButton, part, svg } from './dom.ts'
import { openMenu } from './menu.ts'

const BACK = 'M15.5 4l-8 8 8 8'
const HOME = 'M4 11.5L12 5l8 6.5M6.5 10v9h11v-9'

/** Title, what leads back, and WeChat's capsule, which every page has. */
export function drawNavBar(host: Host, page: PageRecord): void {
  const { navigationBarTitleText, navigationBarBackgroundColor, navigationBarTextStyle, navigationStyle, isLoading } =
    page.window
  const phone = part('host-phone')
  phone.dataset.navigation = navigationStyle === 'custom' ? 'custom' : 'default'
  phone.dataset.theme = host.conditions.theme
  phone.dataset.network = host.conditions.networkType
  phone.dataset.ink = navigationBarTextStyle === 'black' ? 'black' : 'white'
  phone.style.setProperty('--nav-background', navigationBarBackgroundColor ?? '#000000')
  part('host-nav').replaceChildren(
    ...leading(host, page),
    make('span', { class: `nav-title${isLoading ? ' nav-loading' : ''}` }, [navigationBarTitleText ?? '']),
    make('span', { class: 'nav-capsule' }, [
      makeButton({ 'aria-label': '更多', class: 'capsule-more' }, '', () => openMenu(host)),
      makeButton({ 'aria-label': '关闭', class: 'capsule-close' }, '', () => location.reload()),
    ]),
  )
}

function leading(host: Host, page: PageRecord): HTMLElement[] {
  if (host.stack.length > 1) return [iconButton('返回', BACK, () => void goBack(host))]
  const first = host.config.pages[0]
  if (page.path === first || host.config.tabPaths.has(page.path) || page.window.isHomeButtonHidden) return []
  return [iconButton('首页', HOME, () => route(host, 'reLaunch', { url: `/${first}` }))]
}

function iconButton(label: string, path: string, act: () => void): HTMLElement {
  const button = makeButton({ 'aria-label': label, class: 'nav-leading' }, '', act)
  button.append(svg(path))
  return button
}
