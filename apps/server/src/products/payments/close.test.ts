import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { latestCharges } from '../../ledger/repository.ts'
import { getOrder } from '../../shop/orders/get.ts'
import { startWorld, type World } from '../../testing/world.ts'
import { cancelOrder } from './cancel.ts'
import { catchUp } from './catch-up.ts'
import { checkOrder } from './check.ts'
import { startPayment } from './start-payment.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
}, 120_000)
afterAll(() => world?.close())
afterEach(async () => {
  await world.simulated.faults()
  await world.simulated.call('PUT', '/switches', { closeMinAgeSeconds: 0 })
})

const CLOSE = { match: { path: '/v3/pay/transactions/out-trade-no/*', method: 'POST' } }
const QUERY = { match: { path: '/v3/pay/transactions/out-trade-no/*', method: 'GET' } }

/** An order whose prepay_id is in the shopper's hands. */
async function tappedOrder() {
  const shopper = world.newShopper()
  const { id } = await world.placeOrder(shopper)
  await startPayment(shopper, { id })
  const [charge] = await latestCharges(world.ctx.db, 'order', [id])
  const outTradeNo = charge?.out_trade_no ?? ''
  return {
    id,
    outTradeNo,
    cancel: () => cancelOrder(shopper, { id }),
    check: () => checkOrder(shopper, { id }),
    tap: () => startPayment(shopper, { id }),
    view: () => getOrder(shopper, { id }),
    pay: () => world.simulated.pay(outTradeNo),
    atWechat: async () => (await world.simulated.transaction(outTradeNo)).tradeState,
  }
}

async function sweep(): Promise<void> {
  while ((await catchUp(world.ctx)) > 0);
}

describe('cancelling', () => {
  test('closes at WeChat Pay first, then here; again changes nothing', async () => {
    const order = await tappedOrder()
    expect(await order.cancel()).toMatchObject({ status: 'closed', confirming: false })
    expect(await order.atWechat()).toBe('CLOSED')
    expect(await order.cancel()).toMatchObject({ status: 'closed' })
    await expect(order.tap()).rejects.toMatchObject({ code: 'ORDER_CLOSED' })
  })

  test('an order that nobody tried to pay needs no word to WeChat Pay', async () => {
    const shopper = world.newShopper()
    const { id } = await world.placeOrder(shopper)
    expect(await cancelOrder(shopper, { id })).toMatchObject({ status: 'closed', outTradeNo: null })
  })

  test('what has been paid meanwhile finds it paid', async () => {
    const order = await tappedOrder()
    await order.pay()
    await expect(order.cancel()).rejects.toMatchObject({ code: 'ORDER_PAID' })
    expect(await order.view()).toMatchObject({ status: 'paid' })
    await expect(order.cancel()).rejects.toMatchObject({ code: 'ORDER_PAID' })
  })

  test('somebody paying between the question and the close is noticed by the second question', async () => {
    const order = await tappedOrder()
    const [hold] = await world.simulated.faults({ ...QUERY, kind: 'hold-response' })
    const cancelled = order.cancel()
    cancelled.catch(() => undefined)
    await expect.poll(async () => (await order.view()).status).toBe('closing')
    await expect.poll(async () => (await fired())[0]).toBe(1)
    await order.pay()
    await world.simulated.call('POST', `/faults/${hold?.id}/release`)
    await expect(cancelled).rejects.toMatchObject({ code: 'ORDER_PAID' })
  })

  test('where WeChat Pay will not close yet stays closing, cannot be paid anew, and closes after five minutes', async () => {
    await world.simulated.call('PUT', '/switches', { closeMinAgeSeconds: 300 })
    const order = await tappedOrder()
    expect(await order.cancel()).toMatchObject({ status: 'closing' })
    expect(await order.cancel()).toMatchObject({ status: 'closing' })
    await expect(order.tap()).rejects.toMatchObject({ code: 'ORDER_CLOSED' })
    await world.advance(120)
    await sweep()
    expect(await order.view()).toMatchObject({ status: 'closing' })
    await world.advance(240)
    await sweep()
    expect(await order.view()).toMatchObject({ status: 'closed' })
  })

  test('a payment while WeChat Pay will not close yet still pays', async () => {
    await world.simulated.call('PUT', '/switches', { closeMinAgeSeconds: 300 })
    const order = await tappedOrder()
    await order.cancel()
    await order.pay()
    expect(await order.check()).toMatchObject({ status: 'paid' })
  })
})

describe('a close that lies', () => {
  test('is not believed: the order stays closing until a signed answer says CLOSED', async () => {
    const order = await tappedOrder()
    await world.simulated.faults({ ...CLOSE, kind: 'ok-without-effect' })
    expect(await order.cancel()).toMatchObject({ status: 'closing' })
    await world.advance(20)
    await sweep()
    expect(await order.view()).toMatchObject({ status: 'closed' })
    expect(await order.atWechat()).toBe('CLOSED')
  })

  test('and is paid afterwards loses no money: the order is paid', async () => {
    const order = await tappedOrder()
    await world.simulated.faults({ ...CLOSE, kind: 'ok-without-effect' })
    await order.cancel()
    await order.pay()
    await world.advance(20)
    await sweep()
    expect(await order.view()).toMatchObject({ status: 'paid' })
  })
})

describe('the sweep', () => {
  test('finds a payment whose notice never came', async () => {
    const order = await tappedOrder()
    await order.pay()
    await world.advance(10)
    await sweep()
    expect(await order.view()).toMatchObject({ status: 'paid' })
  })

  test('closes what has expired, at WeChat Pay too', async () => {
    const order = await tappedOrder()
    await world.advance(1800)
    await sweep()
    expect(await order.view()).toMatchObject({ status: 'closed' })
    expect(await order.atWechat()).toBe('CLOSED')
  })

  test('closes an expired order that nobody tried to pay', async () => {
    const shopper = world.newShopper()
    const { id } = await world.placeOrder(shopper)
    await world.advance(1801)
    await sweep()
    expect(await getOrder(shopper, { id })).toMatchObject({ status: 'closed', outTradeNo: null })
  })

  test('closes an expired order that WeChat Pay never heard of', async () => {
    const shopper = world.newShopper()
    const { id } = await world.placeOrder(shopper)
    await world.simulated.faults({
      match: { path: '/v3/pay/transactions/jsapi' },
      kind: 'error-before-effect',
    })
    await expect(startPayment(shopper, { id })).rejects.toMatchObject({ code: 'WECHATPAY_UNAVAILABLE' })
    await world.advance(1801)
    await sweep()
    expect(await getOrder(shopper, { id })).toMatchObject({ status: 'closed' })
  })

  test('closes an expired order that WeChat Pay has forgotten, on its signed word', async () => {
    const shopper = world.newShopper()
    const { id } = await world.placeOrder(shopper)
    await world.simulated.faults({ match: { path: '/v3/pay/transactions/jsapi' }, kind: 'ok-without-effect' })
    await startPayment(shopper, { id })
    await world.advance(1801)
    await sweep()
    expect(await getOrder(shopper, { id })).toMatchObject({ status: 'closing' })
    await world.advance(60)
    await sweep()
    const order = await getOrder(shopper, { id })
    expect(order).toMatchObject({ status: 'closed' })
    expect((await world.simulated.transaction(order.outTradeNo ?? '')).tradeState).toBe('CLOSED')
    expect(world.alarms.map((alarm) => alarm.kind)).toContain('charge_unknown_to_wechat')
  })

  test('asks about a charge once, however many sweep at the same time', async () => {
    const order = await tappedOrder()
    await world.advance(10)
    await Promise.all([sweep(), sweep(), sweep()])
    const queries = (await world.simulated.requests(order.outTradeNo)).filter((request) => request.method === 'GET')
    expect(queries).toHaveLength(1)
  })

  test('does not stop at a charge that cannot be asked about', async () => {
    const [first, second] = [await tappedOrder(), await tappedOrder()]
    await second.pay()
    await world.simulated.faults({
      match: { outTradeNo: first.outTradeNo },
      kind: 'error-before-effect',
      status: 502,
      code: 'SERVICE_UNAVAILABLE',
      count: 5,
    })
    await world.advance(10)
    await sweep()
    expect(await first.view()).toMatchObject({ status: 'pending', confirming: true })
    expect(await second.view()).toMatchObject({ status: 'paid' })
  })
})

describe('checking', () => {
  test('believes WeChat Pay, not the phone: unpaid stays pending', async () => {
    const order = await tappedOrder()
    expect(await order.check()).toMatchObject({ status: 'pending', confirming: false })
  })

  test('says confirming when WeChat Pay cannot be asked, and paid once it can', async () => {
    const order = await tappedOrder()
    await order.pay()
    await world.simulated.faults({ ...QUERY, kind: 'tamper-response', count: 9 })
    expect(await order.check()).toMatchObject({ status: 'pending', confirming: true })
    await world.simulated.faults()
    expect(await order.check()).toMatchObject({ status: 'paid', confirming: false })
  })

  test("an order of somebody else's is none", async () => {
    const order = await tappedOrder()
    const stranger = world.newShopper()
    for (const verb of [checkOrder, cancelOrder]) {
      await expect(verb(stranger, { id: order.id })).rejects.toMatchObject({ code: 'ORDER_NOT_FOUND' })
    }
    expect(await order.view()).toMatchObject({ status: 'pending' })
  })
})

const fired = async () =>
  (await world.simulated.call<{ faults: { fired: number }[] }>('GET', '/faults')).faults.map((fault) => fault.fired)
