import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { ask } from './ask.ts'
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

test('a course and a card are on offer from the first start on, once; keys of an older version are made again', async () => {
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
    const url = `${localUrl(settings.serverPort)}/api/merchant/plans`
    return (await ask<{ plans: readonly object[] }>(url, { key: keys().dev ?? '' })).plans
  }
  const cards = async () => {
    const url = localUrl(settings.serverPort)
    return (await ask<{ offers: readonly object[] }>(`${url}/api/card-offers`)).offers
  }
  const cardsAtWechat = async () => {
    const url = `${localUrl(settings.simulatorPort)}/_sim/discount-card/templates`
    return (await ask<{ templates: readonly object[] }>(url)).templates
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
  expect(await cards()).toMatchObject([
    {
      name: '羽毛球先享卡',
      durationDays: 30,
      goals: [{ name: '30 天内下单 3 次', times: 3, unit: '次', counts: 'orders', goods: null }],
      rewards: [{ name: '全场八折', times: null, amountFen: 20_000, percentOff: 20, goods: null }],
      onOffer: true,
    },
  ])
  expect(await cardsAtWechat()).toMatchObject([
    {
      name: '羽毛球先享卡',
      durationSeconds: 30 * 86_400,
      objectives: [{ name: '30 天内下单 3 次', count: 3, unit: '次' }],
      rewards: [{ name: '全场八折', countType: 'COUNT_UNLIMITED', amountFen: 20_000 }],
      isActive: true,
      whitelist: null,
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
  expect(await cards()).toHaveLength(1)
  expect(await cardsAtWechat()).toHaveLength(1)
}, 120_000)
