import { CUSTOM_TAB_BAR } from '../../core/app-config.ts'
import { isRecord } from '../../core/json.ts'
import { normalizePath } from '../../core/path.ts'
import { listPages } from './pages.ts'
import { type Project, refuse } from './project.ts'
import { variants } from './theme.ts'

const [TABS_MIN, TABS_MAX] = [2, 5]
const ICON_BYTES_MAX = 40 * 1024

/** https://developers.weixin.qq.com/miniprogram/dev/reference/configuration/app.html#tabBar */
export function checkTabBar(project: Project): void {
  const { tabBar } = project.app
  if (tabBar === undefined) return
  if (!isRecord(tabBar) || !Array.isArray(tabBar.list))
    refuse('app.json: tabBar.list is missing: list two to five tabs.')
  const isCustom = tabBar.custom === true
  const { length } = tabBar.list
  // GUESS: a bar of the app's own may have more than five, as developers report.
  if (length < TABS_MIN || (length > TABS_MAX && !isCustom)) {
    refuse(`app.json: tabBar.list has ${length} tabs: two to five are possible.`)
  }
  for (const [index, item] of tabBar.list.entries()) checkTab(project, item, `tabBar.list[${index}]`)
  if (isCustom) checkCustom(project)
}

function checkTab(project: Project, item: unknown, name: string): void {
  if (!isRecord(item) || typeof item.pagePath !== 'string')
    refuse(`app.json: ${name}.pagePath is missing: name a page.`)
  const page = listPages(project).find(({ path }) => path === item.pagePath)
  if (!page) refuse(`app.json: ${name}.pagePath is "${item.pagePath}", which is none of the pages: list it in "pages".`)
  if (!page.isMain) {
    refuse(
      `app.json: ${name}.pagePath is "${item.pagePath}", a page of a sub-package: tabs belong to the main package.`,
    )
  }
  if (typeof item.text !== 'string') refuse(`app.json: ${name}.text is missing: every tab has a text.`)
  for (const member of ['iconPath', 'selectedIconPath']) {
    for (const icon of variants(project, item[member])) checkIcon(project, icon, `${name}.${member}`)
  }
}

function checkIcon({ sizes, warn }: Project, icon: string, name: string): void {
  const bytes = sizes.get(normalizePath(icon))
  if (bytes === undefined) refuse(`app.json: ${name} is "${icon}", and there is no such file: icons lie in the build.`)
  if (bytes > ICON_BYTES_MAX) {
    warn(`app.json: ${name} is "${icon}" of ${Math.ceil(bytes / 1024)} KB: WeChat takes 40 KB at most.`)
  }
}

function checkCustom({ files }: Project): void {
  for (const suffix of ['js', 'json', 'wxml']) {
    const file = `${CUSTOM_TAB_BAR}.${suffix}`
    if (files[file] === undefined)
      refuse(`app.json: tabBar.custom is true, but there is no ${file}: add the component.`)
  }
}
