import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { identify } from '@shouyin/dev-postgres'
import { expect, onTestFinished, test, vi } from 'vitest'
import { startChild } from './child.ts'
import { until } from './ready.ts'
import { scratchDataDir, writeScript } from './scratch.ts'

const said = (dataDir: string, name: string) => readFileSync(join(dataDir, 'logs', `${name}.log`), 'utf8')

test('what a child says is in its log, and only trouble is on the terminal, with its name', async () => {
  const dataDir = scratchDataDir()
  const log = vi.spyOn(console, 'log').mockImplementation(() => {})
  onTestFinished(() => log.mockRestore())
  const source = `console.log('listening'); console.error('Error: 收银 has a hole'); process.exitCode = 3`
  const child = startChild({ name: 'leaky', script: writeScript(dataDir, 'leaky.mjs', source) }, dataDir)
  expect(await child.ended).toBe('with exit code 3')
  await child.stop()
  expect(said(dataDir, 'leaky')).toBe('listening\nError: 收银 has a hole\n')
  expect(child.lastLines()).toContain('has a hole')
  expect(log.mock.calls).toEqual([['[leaky] Error: 收银 has a hole']])
})

test('stopping a child stops what it has started, even when it does not listen', async () => {
  const dataDir = scratchDataDir()
  const stubborn = writeScript(dataDir, 'stubborn.mjs', `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)`)
  const source = `
    import { spawn } from 'node:child_process'
    console.log(spawn(process.execPath, [${JSON.stringify(stubborn)}], { stdio: 'ignore' }).pid)
    setInterval(() => {}, 1000)`
  const child = startChild({ name: 'parent', script: writeScript(dataDir, 'parent.mjs', source) }, dataDir)
  await until(() => said(dataDir, 'parent').endsWith('\n'), 'no grandchild', 10_000)
  const grandchild = Number(said(dataDir, 'parent'))
  expect(identify(grandchild)).toBeDefined()
  await child.stop()
  await until(() => !identify(grandchild), 'the grandchild lives', 10_000)
  expect(await child.ended).toBe('by SIGTERM')
})

test('a script that is not there is a child that ended', async () => {
  const dataDir = scratchDataDir()
  const log = vi.spyOn(console, 'log').mockImplementation(() => {})
  onTestFinished(() => log.mockRestore())
  const child = startChild({ name: 'nobody', script: join(dataDir, 'nobody.mjs') }, dataDir)
  expect(await child.ended).toBe('with exit code 1')
  expect(child.lastLines()).toContain('Cannot find module')
  await child.stop()
})
