import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestDb, type TestDb } from '../testing/database.ts'
import { openSettings } from '../testing/settings.ts'
import { type Simulated, startSimulated } from '../testing/simulated.ts'
import { doctor } from './doctor.ts'
import { commands } from './index.ts'
import { runCommand } from './run.ts'

const settings = openSettings()
let simulated: Simulated
let testDb: TestDb
let source: Record<string, string>
beforeAll(async () => {
  ;[simulated, testDb] = [await startSimulated(), await openTestDb()]
  source = settings.of(simulated.url, testDb.url, await simulated.call('GET', '/merchant'))
})
afterAll(async () => {
  await testDb?.close()
  await simulated?.close()
  settings.close()
})

async function spawnDoctor(change: Record<string, string> = {}) {
  const cli = fileURLToPath(new URL('../cli.ts', import.meta.url))
  const child = spawn(process.execPath, [cli, 'doctor'], { env: { ...source, ...change } })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk
    })
  }
  const [code] = await once(child, 'close')
  return { code, output }
}

test('as a process it prints a line per check, the sources, the reminders and a summary, and ends with 0', async () => {
  const { code, output } = await spawnDoctor()
  expect(output).toContain('ok      merchant key')
  expect(output).toContain('101.226.103.0/25')
  expect(output).toContain('二清')
  expect(output.trimEnd().split('\n').at(-1)).toBe('10 ok, 0 warn, 0 fail, 3 skipped')
  expect(code).toBe(0)
})

test('one fail is enough for 1', async () => {
  const { code, output } = await spawnDoctor({ WECHATPAY_MERCHANT_SERIAL_NO: 'B'.repeat(40) })
  expect(output).toContain('fail    merchant key')
  expect(code).toBe(1)
})

async function run(...words: string[]) {
  const lines: string[] = []
  const print = (line: string) => lines.push(line)
  return {
    code: await runCommand(commands, ['doctor', ...words], { print, printError: print }),
    text: lines.join('\n'),
  }
}

test('--domain looks at the domain only', async () => {
  const { code, text } = await run('--domain', 'http://localhost:443', '--kind', 'connectSocket')
  expect(code).toBe(1)
  expect(text).toContain('fail    scheme')
  expect(text).not.toContain('merchant')
})

test.each([[['--kind', 'request']], [['--domain', 'a.example.com', '--kind', 'web']], [['--loud']], [['now']]])(
  '%j is a misuse',
  async (words) => {
    const { code, text } = await run(...words)
    expect(code).toBe(2)
    expect(text).toContain('usage: pnpm shouyin')
    expect(text).toContain(doctor.summary)
  },
)
