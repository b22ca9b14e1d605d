import { readJson } from '../../core/app-config.ts'
import { isRecord } from '../../core/json.ts'
import { normalizePath } from '../../core/path.ts'
import { type Project, refuse } from './project.ts'

const THEMES = ['light', 'dark'] as const

function readVariables({ files, config }: Project, theme: (typeof THEMES)[number]): Record<string, unknown> {
  const file = normalizePath(config.themeLocation ?? '')
  const values = readJson(files, file)[theme]
  return isRecord(values)
    ? values
    : refuse(`${file}: ${theme} is missing: define the variables of both light and dark.`)
}

const usesThemes = ({ config }: Project): boolean => config.darkmode && config.themeLocation !== undefined

/** What a member can be: itself, or what its `@name` means in light and in dark. */
export function variants(project: Project, value: unknown): string[] {
  if (typeof value !== 'string' || value === '') return []
  if (!value.startsWith('@') || !usesThemes(project)) return [value]
  const found = THEMES.map((theme) => readVariables(project, theme)[value.slice(1)])
  return found.filter((one) => typeof one === 'string')
}

/**
 * Every `@name` of app.json's window and tab bar and of the pages' JSON must be defined for both themes.
 * https://developers.weixin.qq.com/miniprogram/dev/framework/ability/darkmode.html
 */
export function checkTheme(project: Project): void {
  const { files, config, app } = project
  if (usesThemes(project)) for (const theme of THEMES) readVariables(project, theme)
  checkNames(project, 'app.json', 'window', app.window)
  checkNames(project, 'app.json', 'tabBar', app.tabBar)
  for (const page of config.pages) {
    const file = `${page}.json`
    if (files[file] !== undefined) checkNames(project, file, '', readJson(files, file))
  }
}

const SCOPED = /^(usingComponents|componentPlaceholder|componentGenerics)$/

function checkNames(project: Project, file: string, member: string, value: unknown): void {
  if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) {
      if (!SCOPED.test(name)) checkNames(project, file, member === '' ? name : `${member}.${name}`, inner)
    }
  } else if (typeof value === 'string' && /^@\w/.test(value))
    checkName(project, `${file}: ${member} is "${value}"`, value)
}

function checkName(project: Project, place: string, value: string): void {
  if (!usesThemes(project)) {
    // GUESS: taken for a color that does not exist.
    project.warn(`${place}, which means something only with "darkmode": true and "themeLocation" in app.json.`)
    return
  }
  for (const theme of THEMES) {
    if (readVariables(project, theme)[value.slice(1)] !== undefined) continue
    refuse(`${place}, which ${project.config.themeLocation} does not define for ${theme}: add it there.`)
  }
}
