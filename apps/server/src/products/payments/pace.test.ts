import { afterAll, beforeAll, expect, test } from 'vitest'
import { insertDeduction } from '../../testing/deductions.ts'
import { startWorld, type World } from '../../testing/world.ts'
import { catchUp } from './catch-up.ts'
import { startPayment } from './start-payment.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
}, 120_000)
afterAll(() => world?.close())

const BATCH = 20

async function tap(): Promise<void> {
  const shopper = world.newShopper()
  const { id } = await world.placeOrder(shopper)
  await startPayment(shopper, { id })
}

interface Asked {
  readonly at: string
  readonly method: string
  readonly status: number
}

test('a deduction that is due is not asked about: WeChat Pay knows no payment of its number', async () => {
  const { mchid, appid } = world.ctx.config
  const { out_trade_no } = await insertDeduction(world.ctx.db, { now: world.ctx.clock.now(), mchid, appid })
  await world.advance(10)
  expect(await catchUp(world.ctx)).toBe(0)
  expect(await world.simulated.requests(out_trade_no)).toEqual([])
})

test('while WeChat Pay says 429, a backlog asks no more than a batch a second, and each charge once', async () => {
  for (let i = 0; i < 2 * BATCH + 5; i++) await tap()
  await world.simulated.faults({ kind: 'rate-limit', probability: 1 })
  await world.advance(10)
  while ((await catchUp(world.ctx)) > 0);
  const { requests } = await world.simulated.call<{ requests: Asked[] }>('GET', '/requests?limit=1000')
  const times = requests.filter(({ status }) => status === 429).map(({ at }) => Date.parse(at))
  expect(times).toHaveLength(2 * BATCH + 5)
  times.sort((a, b) => a - b)
  const crowded = times.filter((at, i) => (times[i + BATCH] ?? Number.POSITIVE_INFINITY) - at < 1000)
  expect(crowded).toEqual([])
})
