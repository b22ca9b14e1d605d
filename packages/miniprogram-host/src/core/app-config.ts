import { HostError } from './errors.ts'
import { isRecord } from './json.ts'
import { normalizePath } from './path.ts'

export interface TabItem {
  pagePath: string
  text: string
  iconPath?: string
  selectedIconPath?: string
}

export interface TabBar {
  list: TabItem[]
  color?: string
  selectedColor?: string
  backgroundColor?: string
  borderStyle?: string
  /** Drawn by the app's own component `custom-tab-bar/index`. */
  custom?: boolean
  /** Set by `wx.hideTabBar`. */
  isHidden?: boolean
}

/** The members of app.json `window` and page JSON that the host reads. */
export interface WindowConfig {
  navigationBarTitleText?: string
  navigationBarBackgroundColor?: string
  navigationBarTextStyle?: string
  navigationStyle?: string
  backgroundColor?: string
  enablePullDownRefresh?: boolean
  onReachBottomDistance?: number
  usingComponents?: Record<string, string>
  component?: boolean
  /** Set by `wx.showNavigationBarLoading`. */
  isLoading?: boolean
  /** Set by `wx.hideHomeButton`. */
  isHomeButtonHidden?: boolean
}

export interface AppConfig {
  pages: string[]
  /** Where a start without a path begins. */
  entryPagePath: string
  tabBar: TabBar | undefined
  tabPaths: ReadonlySet<string>
  window: WindowConfig
  /** Folders of the independent sub-packages (独立分包). */
  independentRoots: string[]
  /** Components that WeChat puts on pages by itself. */
  extraComponents: string[]
  darkmode: boolean
  /** Where theme.json is. */
  themeLocation: string | undefined
  /** `v2` is the newer look of the built-in components. */
  style: string
}

type Files = Readonly<Record<string, string>>

/** https://developers.weixin.qq.com/miniprogram/dev/framework/ability/custom-tabbar.html */
export const CUSTOM_TAB_BAR = 'custom-tab-bar/index'

/** Code that lives on WeChat's servers only. A build that needs it cannot run here, so it is refused at once. */
function refuseForeignCode(json: Record<string, unknown>): void {
  const packages = json.subPackages ?? json.subpackages
  const parts: unknown[] = [json, ...(Array.isArray(packages) ? packages : [])]
  for (const part of parts) {
    const [plugin] = Object.keys(isRecord(part) && isRecord(part.plugins) ? part.plugins : {})
    if (plugin)
      throw new HostError(`app.json uses the plugin ${plugin}, which only WeChat has: leave "plugins" out here.`)
  }
  const [library] = Object.keys(isRecord(json.useExtendedLib) ? json.useExtendedLib : {})
  if (library) {
    throw new HostError(
      `app.json uses the extended library ${library} of WeChat: install it from npm and leave "useExtendedLib" out.`,
    )
  }
}

export function readJson(files: Files, path: string): Record<string, unknown> {
  const text = files[path]
  if (text === undefined) throw new HostError(`${path} is missing from the build: build the mini-program again.`)
  try {
    const value: unknown = JSON.parse(text)
    if (isRecord(value)) return value
    throw new TypeError('it is no object')
  } catch (error) {
    throw new HostError(`${path} is not valid JSON (${String(error)}): correct it and build again.`)
  }
}

export function readAppConfig(files: Files): AppConfig {
  const json = readJson(files, 'app.json')
  refuseForeignCode(json)
  const pages = Array.isArray(json.pages) ? json.pages.map(String) : []
  const packages = json.subPackages ?? json.subpackages
  const parts = Array.isArray(packages) ? packages.filter(isRecord) : []
  for (const { root, pages: own } of parts) {
    for (const page of Array.isArray(own) ? own : []) pages.push(normalizePath(`${root}/${page}`))
  }
  const [first] = pages
  if (first === undefined) throw new HostError('app.json lists no pages: add at least one to "pages".')
  const tabBar =
    isRecord(json.tabBar) && Array.isArray(json.tabBar.list) ? (json.tabBar as unknown as TabBar) : undefined
  return {
    pages,
    entryPagePath: normalizePath(String(json.entryPagePath ?? first)),
    tabBar,
    tabPaths: new Set(tabBar?.list.map((item) => item.pagePath)),
    window: isRecord(json.window) ? json.window : {},
    independentRoots: parts.filter((part) => part.independent === true).map(({ root }) => normalizePath(String(root))),
    extraComponents: tabBar?.custom ? [CUSTOM_TAB_BAR] : [],
    darkmode: json.darkmode === true,
    themeLocation: typeof json.themeLocation === 'string' ? json.themeLocation : undefined,
    style: String(json.style ?? ''),
  }
}

/** app.json `window` with the page's own JSON on top. */
export function windowOf(files: Files, config: AppConfig, path: string): WindowConfig {
  return { ...config.window, ...(files[`${path}.json`] === undefined ? {} : readJson(files, `${path}.json`)) }
}
