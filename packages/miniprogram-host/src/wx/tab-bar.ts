import type { TabBar, TabItem } from '../core/app-config.ts'
import { currentPage, type Host } from '../core/host.ts'
import { asyncApi, type Options, WxFailure } from './contract.ts'

const STYLES = ['color', 'selectedColor', 'backgroundColor', 'borderStyle'] as const
const ITEMS = ['text', 'iconPath', 'selectedIconPath'] as const

/** Only a tab page may change the bar. https://developers.weixin.qq.com/miniprogram/dev/api/ui/tab-bar/wx.setTabBarItem.html */
export function tabBarApis(host: Host) {
  const onTabPage = (): TabBar => {
    const { tabBar, tabPaths } = host.config
    if (!tabBar || !tabPaths.has(currentPage(host)?.path ?? '')) throw new WxFailure('not TabBar page')
    return tabBar
  }
  const redraw = (): void => {
    const page = currentPage(host)
    if (page) host.chrome.routed?.(host, page)
  }
  const change = (api: string, act: (bar: TabBar, options: Options) => void) =>
    asyncApi(host, api, (options) => {
      act(onTabPage(), options)
      redraw()
    })
  const badge = (api: string, textOf: (options: Options) => string) =>
    asyncApi(host, api, (options) => {
      itemOf(onTabPage(), options)
      host.chrome.badge?.(host, Number(options.index), textOf(options))
    })
  return {
    setTabBarItem: change('setTabBarItem', (bar, options) => copyTexts(itemOf(bar, options), options, ITEMS)),
    setTabBarStyle: change('setTabBarStyle', (bar, options) => copyTexts(bar, options, STYLES)),
    showTabBar: change('showTabBar', (bar) => {
      bar.isHidden = false
    }),
    hideTabBar: change('hideTabBar', (bar) => {
      bar.isHidden = true
    }),
    setTabBarBadge: badge('setTabBarBadge', ({ text }) => String(text ?? '')),
    removeTabBarBadge: badge('removeTabBarBadge', () => ''),
    showTabBarRedDot: badge('showTabBarRedDot', () => '●'),
    hideTabBarRedDot: badge('hideTabBarRedDot', () => ''),
  }
}

function itemOf(bar: TabBar, { index }: Options): TabItem {
  const item = bar.list[Number(index)]
  if (!item) throw new WxFailure('invalid index')
  return item
}

function copyTexts(to: object, from: Options, names: readonly string[]): void {
  for (const name of names) if (typeof from[name] === 'string') Reflect.set(to, name, from[name])
}
