import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { type House, openHouse } from './house.ts'
import { scratchDataDir } from './scratch.ts'
import { cli, localUrl } from './services.ts'
import { readSettings } from './settings.ts'

async function freePort(): Promise<string> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return String(address && typeof address === 'object' ? address.port : 0)
}

test('a course is on sale from the first start on, once; keys of an older version are made again', async () => {
  const dataDir = scratchDataDir()
  const [SERVER_PORT, SIMULATOR_PORT] = [await freePort(), await freePort()]
  const settings = readSettings(['--no-preview'], { SERVER_PORT, SIMULATOR_PORT, DATA_DIR: dataDir })
  const file = join(dataDir, 'merchant-keys.json')
  const keys = (): Record<string, string> => JSON.parse(readFileSync(file, 'utf8'))
  let running: House | undefined
  const stop = async () => {
    await running?.stop()
    running = undefined
  }
  onTestFinished(stop)
  const start = () => {
    running = openHouse(settings)
    return running.start()
  }
  const plans = async () => {
    const headers = { Authorization: `Bearer ${keys().dev}` }
    const response = await fetch(`${localUrl(settings.serverPort)}/api/merchant/plans`, { headers })
    return ((await response.json()) as { plans: readonly object[] }).plans
  }

  const first = await start()
  expect(first.note).toBeUndefined()
  expect(await plans()).toMatchObject([
    {
      name: '羽毛球课3节',
      durationDays: 300,
      state: 'on_sale',
      lessons: [
        { name: '第一节课', originalFen: 18_000, priceFen: 18_000 },
        { name: '第二节课', originalFen: 18_000, priceFen: 12_000, discount: '优惠60元' },
        { name: '第三节课', originalFen: 18_000, priceFen: 0, discount: '送一节课' },
      ],
    },
  ])

  const env = {
    ...process.env,
    DATABASE_URL: /DATABASE_URL='(.*)'/.exec(readFileSync(join(dataDir, 'server.env'), 'utf8'))?.[1],
  }
  const args = [cli, 'keys:create', '--person', 'dev', '--scopes', 'orders:read,audit:read']
  const older = /^key +(\S+)$/m.exec(execFileSync(process.execPath, args, { env, encoding: 'utf8' }))?.[1] ?? ''
  const { second: kept } = keys()
  writeFileSync(file, JSON.stringify({ dev: older, second: kept }))
  await stop()

  const second = await start()
  expect(second.note).toBeUndefined()
  expect(keys().dev).not.toBe(older)
  expect(keys().second).toBe(kept)
  expect(await plans()).toHaveLength(1)
}, 120_000)
