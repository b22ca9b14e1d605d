import { createPrivateKey, createPublicKey } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { startChild } from './child.ts'
import { provideKeys } from './keys.ts'
import { answers } from './ready.ts'
import { scratchDataDir } from './scratch.ts'
import { localUrl, simulator } from './services.ts'
import { readSettings } from './settings.ts'

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return address && typeof address === 'object' ? address.port : 0
}

test('the server is given usable keys, in files that nobody else can read, and again the same', async () => {
  const dataDir = scratchDataDir()
  const port = await freePort()
  const settings = readSettings(['--no-preview'], { SIMULATOR_PORT: String(port), DATA_DIR: dataDir })
  const child = startChild(simulator(settings), dataDir)
  onTestFinished(() => child.stop())
  await answers(`${localUrl(port)}/_sim/health`, 'the simulator', 20_000)

  const env = await provideKeys(localUrl(port), dataDir)
  const files = Object.entries(env).filter(([name]) => name.endsWith('_FILE'))
  expect(files).toHaveLength(5)
  for (const [, file] of files) expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(statSync(join(dataDir, 'keys')).mode & 0o777).toBe(0o700)

  const read = (name: string) => readFileSync(env[name] ?? '', 'utf8')
  expect(createPrivateKey(read('WECHATPAY_MERCHANT_PRIVATE_KEY_FILE')).asymmetricKeyType).toBe('rsa')
  expect(createPublicKey(read('WECHATPAY_PUBLIC_KEY_FILE')).asymmetricKeyType).toBe('rsa')
  expect(Buffer.byteLength(read('WECHATPAY_API_V3_KEY_FILE'))).toBe(32)
  expect(read('WECHATPAY_API_V2_KEY_FILE')).toHaveLength(32)
  expect(env.WECHATPAY_PAYSCORE_SERVICE_ID).toMatch(/^[0-9A-Za-z]{1,32}$/)
  expect(env.WECHATPAY_MCHID).toBe('1900000001')
  expect(await provideKeys(localUrl(port), dataDir)).toEqual(env)
})

test('a simulator that does not answer is one sentence', async () => {
  await expect(provideKeys(localUrl(1), scratchDataDir())).rejects.toThrow(/^the simulator gives no merchant/)
})
