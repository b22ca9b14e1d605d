import { spawnSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { listFiles, root } from './files.ts'

const read = (file: string) => readFileSync(`${root}${file}`, 'utf8')
const env = read('apps/server/src/env.ts')
const settings = [
  ...new Set([...env.matchAll(/'([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|PORT|HOST)'/g)].map((match) => match[1])),
]

describe('settings of the server', () => {
  it('each stand in docs/operations.md or docs/going-live.md', () => {
    const documents = read('docs/operations.md') + read('docs/going-live.md')
    // Of dev, where `PORT` may be somebody else's.
    const expected = settings.filter((name) => name !== 'SERVER_PORT')
    expect(expected.length).toBeGreaterThan(20)
    expect(expected.filter((name) => !documents.includes(`\`${name}`))).toEqual([])
  })
})

describe('ops/systemd', () => {
  const unit = read('ops/systemd/shouyin@.service')

  it('hands over every file that it names, under a setting that the server knows', () => {
    const files = [...unit.matchAll(/^Environment=(\w+_FILE)=%d\/(\S+)$/gm)]
    const credentials = [...unit.matchAll(/^LoadCredential=(\S+?):/gm)].map((match) => match[1])
    expect(files.length).toBeGreaterThan(4)
    expect(files.map((match) => match[2]).sort()).toEqual(credentials.toSorted())
    expect(files.map((match) => match[1]).filter((name) => !settings.includes(name))).toEqual([])
  })

  it('gives the server more time to end than it takes itself', () => {
    const own = Number(/EXIT_WITHIN_MS = ([\d_]+)/.exec(read('apps/server/src/main.ts'))?.[1]?.replaceAll('_', ''))
    expect(Number(/^TimeoutStopSec=(\d+)$/m.exec(unit)?.[1]) * 1000).toBeGreaterThan(own)
  })

  it('is rated OK by systemd-analyze, where it is installed', () => {
    for (const file of listFiles().filter((name) => /^ops\/systemd\/.*\.service$/.test(name))) {
      const args = ['security', '--offline=yes', '--threshold=30', `${root}${file}`]
      const { error, status, stdout, stderr } = spawnSync('systemd-analyze', args, { encoding: 'utf8' })
      if (error) return expect(Reflect.get(error, 'code')).toBe('ENOENT')
      expect(status, stdout.slice(-200) + stderr).toBe(0)
    }
  })
})

it('the scripts of ops can be run and have no mistakes of syntax', () => {
  const scripts = listFiles().filter((file) => /^ops\/.*\.sh$/.test(file))
  expect(scripts.length).toBe(3)
  for (const file of scripts) {
    expect(statSync(`${root}${file}`).mode & 0o111, file).toBe(0o111)
    expect(spawnSync('sh', ['-n', `${root}${file}`], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' })
  }
})
