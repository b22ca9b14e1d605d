import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { TmplGroup } from 'glass-easel-template-compiler'
import { readAppConfig } from '../core/app-config.ts'
import { HostError } from '../core/errors.ts'
import type { Css } from '../core/wxss/css.ts'
import { checkBuild } from './check/check.ts'
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

interface Listed {
  /** Relative to the build folder, with slashes. */
  name: string
  file: string
  bytes: number
  changedMs: number
}

const known = new Map<string, { fingerprint: string; build: Build }>()

/**
 * Reads, checks and compiles a build folder; one that has not changed since the last time is not read again, as tests
 * start the same build many times. Throws a HostError where DevTools would stop.
 */
export function readBuild(root: string): Build {
  const listed = listFiles(root)
  const fingerprint = JSON.stringify(listed)
  const last = known.get(root)
  if (last?.fingerprint === fingerprint) return last.build
  const texts = listed.filter(({ name }) => TEXT.test(name))
  const files = Object.fromEntries(texts.map(({ name, file }) => [name, readFileSync(file, 'utf8')]))
  const warnings = checkBuild(files, new Map(listed.map(({ name, bytes }) => [name, bytes])))
  const templateSource = compileTemplates(files)
  const { styles, warnings: remarks } = compileStyles(files, readAppConfig(files))
  const build = { files, styles, warnings: [...warnings, ...remarks], templateSource }
  known.set(root, { fingerprint, build })
  return build
}

function listFiles(root: string): Listed[] {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return entries.map((entry) => {
    const file = path.join(entry.parentPath, entry.name)
    const { size, mtimeMs } = statSync(file)
    return { name: path.relative(root, file).split(path.sep).join('/'), file, bytes: size, changedMs: mtimeMs }
  })
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
