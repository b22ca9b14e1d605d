import { type AppConfig, readJson, type WindowConfig, windowOf } from './app-config.ts'
import type { Theme } from './conditions.ts'
import { invoke, tell } from './failures.ts'
import type { Host } from './host.ts'
import { isRecord } from './json.ts'
import { normalizePath } from './path.ts'
import { themeOf } from './wxss/device.ts'
import { restyle } from './wxss/sheets.ts'

type Files = Readonly<Record<string, string>>
type Values = Readonly<Record<string, unknown>>

/** What the `@names` of JSON mean in a theme: the variables of theme.json. */
function variablesOf(files: Files, { darkmode, themeLocation }: AppConfig, theme: Theme | undefined): Values {
  if (!darkmode || themeLocation === undefined || theme === undefined) return {}
  const values = readJson(files, normalizePath(themeLocation))[theme]
  return isRecord(values) ? values : {}
}

const meaning = (value: unknown, variables: Values): unknown =>
  typeof value === 'string' && value.startsWith('@') ? (variables[value.slice(1)] ?? value) : value

/** Puts what the written `@names` mean now where what they meant before stands; what the app has set since then stays. */
function replaceNames(target: object, written: object, before: Values, now: Values): void {
  for (const [name, value] of Object.entries(written)) {
    const current: unknown = Reflect.get(target, name)
    if (typeof value === 'object' && value !== null) {
      if (typeof current === 'object' && current !== null) replaceNames(current, value, before, now)
    } else if (current === meaning(value, before)) Reflect.set(target, name, meaning(value, now))
  }
}

/** The page's window members as the phone's theme has them. */
export function themedWindow(host: Host, path: string): WindowConfig {
  const written = windowOf(host.env.files, host.config, path)
  const themed = { ...written }
  replaceNames(themed, written, {}, variablesOf(host.env.files, host.config, themeOf(host)))
  return themed
}

function themeTabBar({ env: { files }, config }: Pick<Host, 'env' | 'config'>, before: Values, now: Values): void {
  const { tabBar } = readJson(files, 'app.json')
  if (config.tabBar && isRecord(tabBar)) replaceNames(config.tabBar, tabBar, before, now)
}

/** Before the app starts: the tab bar in the theme that the phone has. */
export function startTheme(host: Host): void {
  themeTabBar(host, {}, variablesOf(host.env.files, host.config, themeOf(host)))
}

/**
 * The phone has changed its theme: style sheets, bars and backgrounds follow, then the app is told.
 * https://developers.weixin.qq.com/miniprogram/dev/framework/ability/darkmode.html
 */
export function followTheme(host: Host, before: Theme): void {
  const { env, config, conditions } = host
  if (!config.darkmode) return
  const [old, now] = [before, conditions.theme].map((theme) => variablesOf(env.files, config, theme))
  if (!old || !now) return
  themeTabBar(host, old, now)
  for (const page of new Set([...host.stack, ...host.tabCache.values()])) {
    replaceNames(page.window, windowOf(env.files, config, page.path), old, now)
    page.holder.dataset.theme = conditions.theme
  }
  restyle(host)
  const told = env.logic.adopt({ theme: conditions.theme })
  invoke(host, host.app, 'onThemeChange', told)
  tell(host, 'ThemeChange', told)
}
