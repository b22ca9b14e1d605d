import { nodeTransport } from '@shouyin/wechatpay-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { latestCharges } from '../../ledger/repository.ts'
import { startWorld, type World } from '../../testing/world.ts'
import { cancelOrder } from './cancel.ts'
import { catchUp } from './catch-up.ts'
import { findPrepay } from './repository.ts'
import { startPayment } from './start-payment.ts'

/** A line so slow that a question may wait on its way out, and its answer on its way back. */
const wire = nodeTransport()
const gates = new Map<string, Promise<void>>()
const transport = {
  async send(request: Parameters<typeof wire.send>[0]) {
    if (request.method === 'POST') await gates.get(`to ${request.target}`)
    const answer = await wire.send(request)
    if (request.method === 'GET') await gates.get('from a query')
    return answer
  },
  close: () => wire.close?.(),
}
const CREATE = 'to /v3/pay/transactions/jsapi'

let world: World
beforeAll(async () => {
  world = await startWorld({ transport })
}, 120_000)
afterAll(() => world?.close())
afterEach(async () => {
  gates.clear()
  await world.simulated.faults()
})

function shut(name: string): () => void {
  const { promise, resolve } = Promise.withResolvers<void>()
  gates.set(name, promise)
  return () => {
    gates.delete(name)
    resolve()
  }
}

async function untouchedOrder() {
  const shopper = world.newShopper()
  const { id } = await world.placeOrder(shopper)
  const charge = async () => (await latestCharges(world.ctx.db, 'order', [id]))[0]
  return {
    charge,
    tap: () => startPayment(shopper, { id }),
    cancel: () => cancelOrder(shopper, { id }),
    atWechat: async () => (await world.simulated.transaction((await charge())?.out_trade_no ?? '')).tradeState,
    prepay: async () => findPrepay(world.ctx.db, (await charge())?.id ?? ''),
  }
}

test('an order is not given up on an answer that is older than the order', async () => {
  const order = await untouchedOrder()
  await world.simulated.faults({
    match: { method: 'POST', path: '/v3/pay/transactions/out-trade-no/*' },
    kind: 'error-before-effect',
    probability: 1,
  })
  const [letCreate, letAnswer] = [shut(CREATE), shut('from a query')]
  const tapped = order.tap().catch((error) => error)
  await expect.poll(order.charge).toBeDefined()
  const cancelled = order.cancel()
  await expect
    .poll(async () => (await world.simulated.requests((await order.charge())?.out_trade_no ?? '')).length)
    .toBe(1)
  letCreate()
  expect(await tapped).toMatchObject({ code: 'ORDER_CLOSED' })
  letAnswer()
  expect(await cancelled).toMatchObject({ status: 'closing' })
  expect(await order.atWechat()).toBe('NOTPAY')
  expect(world.alarms, 'it is not unknown to WeChat Pay, the answer was old').toEqual([])

  await world.simulated.faults()
  await world.advance(11)
  while ((await catchUp(world.ctx)) > 0);
  expect(await order.charge()).toMatchObject({ state: 'closed' })
  expect(await order.atWechat()).toBe('CLOSED')
})

test('a tap that took longer than its turn does not end the turn of the next', async () => {
  const order = await untouchedOrder()
  const letFirst = shut(CREATE)
  const first = order.tap()
  await expect.poll(order.charge).toBeDefined()
  await world.advance(21)
  const letSecond = shut(CREATE)
  const second = order.tap()
  await expect
    .poll(async () => (await order.prepay()).asking_until?.getTime())
    .toBeGreaterThan(world.ctx.clock.now().getTime())
  letFirst()
  await first
  expect((await order.prepay()).asking_until).not.toBeNull()
  letSecond()
  expect((await second).package).toMatch(/^prepay_id=/)
})
