import { readAppConfig, readJson } from '../../core/app-config.ts'
import { checkComponents } from './components.ts'
import { checkPages } from './pages.ts'
import type { Project } from './project.ts'
import { checkSizes } from './sizes.ts'
import { checkTabBar } from './tab-bar.ts'
import { checkTheme } from './theme.ts'
import { checkWindow } from './window.ts'

const CHECKS = [checkPages, checkTheme, checkTabBar, checkWindow, checkComponents, checkSizes]

/**
 * Looks at the JSON of a build as DevTools does when it compiles. Throws a HostError that names file and member; answers
 * sentences about what runs here, but would be refused at the upload.
 */
export function checkBuild(files: Project['files'], sizes: Project['sizes']): string[] {
  const warnings: string[] = []
  const warn = (sentence: string): void => void warnings.push(sentence)
  const project = { files, sizes, config: readAppConfig(files), app: readJson(files, 'app.json'), warn }
  for (const check of CHECKS) check(project)
  return warnings
}
