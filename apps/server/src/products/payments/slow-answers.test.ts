import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { latestCharges } from '../../ledger/repository.ts'
import { slowLine } from '../../testing/slow-line.ts'
import { startWorld, type World } from '../../testing/world.ts'
import { cancelOrder } from './cancel.ts'
import { catchUp } from './catch-up.ts'
import { findPrepay } from './repository.ts'
import { startPayment } from './start-payment.ts'

const { transport, shut, clear } = slowLine({
  creates: '/v3/pay/transactions/jsapi',
  queries: '/v3/pay/transactions/',
})

let world: World
beforeAll(async () => {
  world = await startWorld({ transport })
}, 120_000)
afterAll(() => world?.close())
afterEach(async () => {
  clear()
  await world.simulated.faults()
})

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
  const [creation, answer] = [shut('out'), shut('from a query')]
  const tapped = order.tap().catch((error) => error)
  await creation.arrived
  const cancelled = order.cancel()
  await answer.arrived
  creation.open()
  expect(await tapped).toMatchObject({ code: 'ORDER_CLOSED' })
  answer.open()
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
  const slow = shut('out')
  const first = order.tap()
  await slow.arrived
  await world.advance(21)
  const next = shut('out')
  const second = order.tap()
  await expect
    .poll(async () => (await order.prepay()).asking_until?.getTime())
    .toBeGreaterThan(world.ctx.clock.now().getTime())
  slow.open()
  await first
  expect((await order.prepay()).asking_until).not.toBeNull()
  next.open()
  expect((await second).package).toMatch(/^prepay_id=/)
})
