import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { isSource, isTest, listFiles, root } from './files.ts'

const files = listFiles()
const sources = files.filter((file) => isSource(file) && /^(apps|packages)\/[^/]+\/src\//.test(file) && !isTest(file))
const linesOf = (file: string) => readFileSync(`${root}${file}`, 'utf8').split('\n').length

/** Files of a product folder, per package: the same role has the same name everywhere. */
const vocabulary: Readonly<Record<string, RegExp>> = {
  'packages/wechatpay-core/src/products/': /^(schema|endpoints|notifications|states|index)\.ts$|^(file|schema)\//,
  'apps/simulator/src/products/': /^(model|handlers|user|notify|index)\.ts$|^(handlers|model|user|notify)\//,
}

describe('the house', () => {
  it('has no file of more than 300 lines', () => {
    expect(sources.filter((file) => linesOf(file) > 301)).toEqual([])
  })

  it('has a median of at most 100 lines', () => {
    const lengths = sources.map(linesOf).sort((a, b) => a - b)
    expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThanOrEqual(100)
  })

  it('calls the same role of a product by the same name', () => {
    const strangers = sources.filter((file) => {
      const folder = Object.keys(vocabulary).find((prefix) => file.startsWith(prefix))
      const rest = folder && file.slice(folder.length).split('/').slice(1).join('/')
      return folder && rest && !vocabulary[folder]?.test(rest)
    })
    expect(strangers).toEqual([])
  })

  it('reads the environment only in env.ts', () => {
    const readers = sources
      .filter((file) => !/\/env\.ts$/.test(file) && !file.startsWith('apps/miniprogram/'))
      .filter((file) => /process\.env\b/.test(codeOf(file)))
    expect(readers.filter((file) => !file.startsWith('packages/dev-postgres/'))).toEqual([])
  })

  it('touches the platform of the mini-program beside `wechat.ts` only, its router in one file; pages use lifecycle hooks', () => {
    const pages = sources.filter(
      (file) => file.startsWith('apps/miniprogram/src/') && !/\/shared\/wechat(\.ts|\/[^/]+)$/.test(file),
    )
    const touching = pages.filter((file) => {
      const code = codeOf(file)
      const imports = /import (?!type)(.*?) from '@tarojs\/taro'/.exec(code)?.[1] ?? '{}'
      const names = imports
        .replace(/[{}\s]/g, '')
        .split(',')
        .filter(Boolean)
      // A double tap opens two pages where a page is opened without shared/go.ts; of tab pages there is one each.
      const free = file.endsWith('/shared/go.ts')
        ? /^(navigateTo|navigateBack|redirectTo)$/
        : /^(use[A-Z]\w*|switchTab)$/
      return /\bwx\./.test(code) || !names.every((name) => free.test(name))
    })
    expect(pages.length).toBeGreaterThan(20)
    expect(touching).toEqual([])
  })

  it('asks the database for no time: business time comes from the clock', () => {
    const guilty = sources
      .filter((file) => file.startsWith('apps/server/src/') && !file.includes('/kernel/jobs'))
      .filter((file) => /\b(now\(\)|current_timestamp|clock_timestamp\(\))\s*(?![\s{:])/i.test(sqlOf(file)))
    expect(guilty).toEqual([])
  })

  it('skips no test and silences no type', () => {
    const tests = files.filter((file) => isSource(file))
    const found = tests.filter(
      (file) =>
        !file.startsWith('scripts/gates/') &&
        /\b(it|test|describe)\.(skip|only|todo)\b|@ts-ignore|@ts-nocheck/.test(readFileSync(`${root}${file}`, 'utf8')),
    )
    expect(found).toEqual([])
  })
})

/** A source without its comments. */
const codeOf = (file: string) => readFileSync(`${root}${file}`, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')

/** Text inside sql`…` templates. */
function sqlOf(file: string): string {
  const source = readFileSync(`${root}${file}`, 'utf8')
  return [...source.matchAll(/sql(?:<[^`]*>)?`([^`]*)`/g)].map((match) => match[1]).join('\n')
}
