import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createTestDatabase, type TestDatabase } from '@shouyin/dev-postgres'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { eventually } from './testing/running.ts'
import { type Simulated, startSimulated } from './testing/simulated.ts'

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'shouyin-main-'))
const children: ChildProcess[] = []
let simulated: Simulated
let database: TestDatabase
let settings: Record<string, string>

beforeAll(async () => {
  simulated = await startSimulated()
  database = await createTestDatabase()
  const { merchant, url } = simulated
  const keep = (name: string, text: string) => {
    writeFileSync(join(folder, name), text, { mode: 0o600 })
    return join(folder, name)
  }
  settings = {
    PORT: '0',
    DATABASE_URL: database.url,
    WECHATPAY_BASE_URL: url,
    WEIXIN_API_BASE_URL: url,
    BUSINESS_CLOCK_URL: `${url}/_sim/clock`,
    WECHATPAY_MCHID: merchant.mchid,
    WECHATPAY_MERCHANT_SERIAL_NO: merchant.merchantSerialNo,
    WECHATPAY_MERCHANT_PRIVATE_KEY_FILE: keep('key.pem', merchant.merchantPrivateKeyPem),
    WECHATPAY_API_V3_KEY_FILE: keep('apiv3', merchant.apiV3Key),
    WEIXIN_APPID: merchant.appid,
    WEIXIN_APP_SECRET_FILE: keep('secret', 'any'),
  }
})
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})
afterAll(async () => {
  await database?.drop()
  await simulated?.close()
  rmSync(folder, { recursive: true })
})

function run(change: Record<string, string> = {}) {
  const child = spawn(process.execPath, [MAIN], { env: { ...settings, ...change }, stdio: ['ignore', 'pipe', 'pipe'] })
  children.push(child)
  let output = ''
  const collect = (chunk: Buffer) => {
    output += chunk
  }
  child.stdout.on('data', collect)
  child.stderr.on('data', collect)
  return {
    child,
    output: () => output,
    ended: once(child, 'close').then(([code]) => code as number | null),
    async url() {
      await eventually(`a start: ${output}`, () => /^server http\S+$/m.test(output))
      return /^server (\S+)$/m.exec(output)?.[1] ?? ''
    },
  }
}

test.each(['SIGTERM', 'SIGINT'] as const)(
  'migrates, serves, and ends on %s with 0, also with idle connections',
  async (signal) => {
    const server = run()
    const url = await server.url()
    expect((await fetch(`${url}/readyz`)).status).toBe(200)
    server.child.kill(signal)
    expect(await server.ended).toBe(0)
    expect(server.output()).toContain('"msg":"stopped"')
  },
)

test('a port that is taken is one clear sentence', async () => {
  const first = run()
  const port = new URL(await first.url()).port
  const second = run({ PORT: port })
  expect(await second.ended).toBe(1)
  expect(second.output()).toContain(`PORT: 127.0.0.1:${port} is taken`)
})

test('a database that is away is one clear sentence', async () => {
  const server = run({ DATABASE_URL: 'postgres://nobody@127.0.0.1:9/none' })
  expect(await server.ended).toBe(1)
  expect(server.output()).toMatch(/^the server did not start: .*ECONNREFUSED/)
  expect(server.output()).not.toMatch(/\n\s+at /)
})
