import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { TmplGroup } from 'glass-easel-template-compiler'
import { readAppConfig } from '../core/app-config.ts'
import { HostError } from '../core/errors.ts'
import type { Css } from '../core/wxss/css.ts'
import { compileStyles } from './wxss/styles.ts'

const TEXT = /\.(js|json|wxml|wxss|wxs)$/

export interface Build {
  /** Text files of the build folder by path. */
  files: Record<string, string>
  /** The style sheets of app, pages and components by path. */
  styles: Record<string, Css>
  /** What WeChat would do otherwise than meant, or refuse to upload; a sentence each, with file and remedy. */
  warnings: string[]
  /** An expression whose value is the compiled templates by path. */
  templateSource: string
}

export function readBuild(root: string): Build {
  const files: Record<string, string> = {}
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name)
    if (entry.isFile() && TEXT.test(entry.name)) {
      files[path.relative(root, file).split(path.sep).join('/')] = readFileSync(file, 'utf8')
    }
  }
  const { styles, warnings } = compileStyles(files, readAppConfig(files))
  return { files, styles, warnings, templateSource: compileTemplates(files) }
}

interface Problem {
  isError: boolean
  message: string
  startLine: number
}

/** WXML and WXS through WeChat's own compiler for glass-easel. */
function compileTemplates(files: Record<string, string>): string {
  const group = new TmplGroup()
  try {
    for (const [file, text] of Object.entries(files)) {
      if (file.endsWith('.wxs')) group.addScript(file.slice(0, -4), text)
      if (!file.endsWith('.wxml')) continue
      const problems = group.addTmpl(file.slice(0, -5), text) as Problem[]
      const worst = problems.find(({ isError }) => isError)
      if (worst) throw new HostError(`${file}:${worst.startLine + 1}: ${worst.message}: correct it and build again.`)
    }
    return group.getTmplGenObjectGroups()
  } finally {
    group.free()
  }
}
