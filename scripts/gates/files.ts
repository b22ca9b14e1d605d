import { execFileSync } from 'node:child_process'

export const root = new URL('../..', import.meta.url).pathname

/** Files that git tracks or would track, relative to the root, with `/`. */
export function listFiles(): readonly string[] {
  const output = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
    cwd: root,
    encoding: 'utf8',
  })
  return [...new Set(output.split('\0').filter(Boolean))].sort()
}

export const isTest = (file: string): boolean =>
  /\.test\.tsx?$/.test(file) ||
  /\/testing\//.test(file) ||
  file.startsWith('packages/e2e/') ||
  file.startsWith('scripts/')

export const isSource = (file: string): boolean => /\.(ts|tsx|mts)$/.test(file) && !file.endsWith('.d.ts')
