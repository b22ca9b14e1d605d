import { execFile } from 'node:child_process'
import { readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { buildOnce } from '../support/build-once.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const dist = path.join(here, 'dist')
const lock = path.join(dist, '.building')
/** Has Taro's webpack runner, which this package has not: one Taro version cannot have both under vite 4 and 8. */
const withWebpack = fileURLToPath(new URL('../../../apps/miniprogram/', import.meta.url))

const taroOf = (folder: string): string => path.join(folder, 'node_modules/@tarojs/cli/bin/taro')

/** Taro greets, tips and draws; that is kept back until a build fails. */
async function taro(cli: string, cwd: string, args: readonly string[], env: Record<string, string> = {}) {
  try {
    const environment = { ...process.env, NODE_ENV: 'production', ...env }
    await promisify(execFile)(process.execPath, [cli, ...args], { cwd, env: environment, maxBuffer: 2 ** 26 })
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string }
    throw new Error(`taro ${args.join(' ')} failed in ${cwd}\n${stdout}\n${stderr}`)
  }
}

const ANSWERS = [
  '--description=proof',
  '--framework=React',
  '--compiler=Webpack5',
  '--css=None',
  '--npm=Pnpm',
  '--template=default',
  '--no-typescript',
  '--no-build-es5',
  '--no-autoInstall',
]

/** What `taro init` writes for React, with libraries that are installed already; of the rest nothing is needed to build. */
export const buildTemplate = (): Promise<string> => {
  const project = path.join(dist, 'template')
  return buildOnce({ output: project, sources: [path.join(withWebpack, 'package.json')], lock }, async () => {
    const cli = taroOf(withWebpack)
    await taro(cli, dist, ['init', 'template', ...ANSWERS])
    rmSync(path.join(project, '.git'), { recursive: true, force: true })
    symlinkSync(path.join(withWebpack, 'node_modules'), path.join(project, 'node_modules'))
    leaveOutGenerator(path.join(project, 'config/index.js'))
    await taro(cli, project, ['build', '--type', 'weapp'])
  })
}

/** The plugin behind `taro new`; it is not installed here and has no part in a build. */
function leaveOutGenerator(config: string): void {
  const text = readFileSync(config, 'utf8')
  const without = text.replace('"@tarojs/plugin-generator"', '')
  if (without === text) throw new Error(`${config} names no generator: the template of Taro has changed`)
  writeFileSync(config, without)
}

const buildByVite = (app: string) => (): Promise<string> => {
  const sources = [`${app}/src`, 'config', 'package.json'].map((name) => path.join(here, name))
  return buildOnce({ output: path.join(dist, app), sources, lock }, () =>
    taro(taroOf(here), here, ['build', '--type', 'weapp'], { PROOF: app }),
  )
}

export const buildTaroify = buildByVite('taroify')
export const buildVite = buildByVite('vite')
