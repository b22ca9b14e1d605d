import { endpoints } from '@shouyin/wechatpay-core/payments'
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
  world = await startWorld({ ttlSeconds: 4 * 3600 })
}, 120_000)
afterAll(() => world?.close())
afterEach(() => world.simulated.faults())

const CREATE = { match: { path: '/v3/pay/transactions/jsapi' } }

async function orderOf(shopper = world.newShopper()) {
  const { id } = await world.placeOrder(shopper)
  return { shopper, id, tap: () => startPayment(shopper, { id }), view: () => getOrder(shopper, { id }) }
}
async function numberOf(orderId: string): Promise<string> {
  const [charge] = await latestCharges(world.ctx.db, 'order', [orderId])
  return charge?.out_trade_no ?? ''
}
const createsOf = async (outTradeNo: string) =>
  (await world.simulated.requests(outTradeNo)).filter((request) => request.path === '/v3/pay/transactions/jsapi')

describe('a tap on pay', () => {
  test('answers what wx.requestPayment takes, and the phone accepts it', async () => {
    const { shopper, tap, view } = await orderOf()
    const parameters = await tap()
    expect(Object.keys(parameters).sort()).toEqual(['nonceStr', 'package', 'paySign', 'signType', 'timeStamp'])
    const phone = { ...parameters, appid: shopper.actor.appid, openid: shopper.actor.openid }
    expect(await world.simulated.call('POST', '/client/request-payment', { ...phone, action: 'pay' })).toMatchObject({
      errMsg: 'requestPayment:ok',
    })
    expect(await view()).toMatchObject({ status: 'pending' })
  })

  test('orders at WeChat Pay from our own records', async () => {
    const { id, shopper, tap } = await orderOf()
    await tap()
    const order = await world.ctx.db.selectFrom('orders').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
    const [request] = await createsOf(await numberOf(id))
    expect(JSON.parse(request?.requestBody ?? '')).toEqual({
      appid: world.ctx.config.appid,
      mchid: world.ctx.config.mchid,
      description: '收银体育馆-单次游泳票',
      out_trade_no: await numberOf(id),
      time_expire: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/),
      attach: `order:${id}`,
      notify_url: `http://127.0.0.1:9/wechatpay/notifications/${world.ctx.config.mchid}/payments`,
      goods_tag: 'SWIM',
      amount: { total: order.amount_fen, currency: 'CNY' },
      payer: { openid: shopper.actor.openid },
    })
  })

  test('thirty times at once makes one prepay_id', async () => {
    const { id, tap } = await orderOf()
    const answers = await Promise.all(Array.from({ length: 30 }, tap))
    expect(new Set(answers.map((answer) => answer.package)).size).toBe(1)
    expect((await world.simulated.transaction(await numberOf(id))).prepayIds).toHaveLength(1)
  })

  test('again within two hours hands out the same prepay_id', async () => {
    const { id, tap } = await orderOf()
    const first = await tap()
    await world.advance(600)
    expect((await tap()).package).toBe(first.package)
    expect(await createsOf(await numberOf(id))).toHaveLength(1)
  })

  test('with a prepay_id older than two hours orders again, byte for byte, under the same number', async () => {
    const { id, tap } = await orderOf()
    const first = await tap()
    await world.advance(2 * 3600 + 60)
    expect((await tap()).package).not.toBe(first.package)
    const bodies = (await createsOf(await numberOf(id))).map((request) => request.requestBody)
    expect(bodies).toHaveLength(2)
    expect(bodies[1]).toBe(bodies[0])
  })
})

describe('a tap that comes too late', () => {
  test('with less than a minute left: the order has expired', async () => {
    const { tap } = await orderOf()
    await world.advance(4 * 3600 - 59)
    await expect(tap()).rejects.toMatchObject({ code: 'ORDER_EXPIRED' })
  })

  test('after a payment whose notice was lost: WeChat Pay is asked, the order is paid', async () => {
    const { id, tap, view } = await orderOf()
    await tap()
    await world.simulated.pay(await numberOf(id))
    await world.advance(2 * 3600 + 60)
    await expect(tap()).rejects.toMatchObject({ code: 'ORDER_PAID' })
    expect(await view()).toMatchObject({ status: 'paid' })
  })

  test('on an order that WeChat Pay closed by itself: a new number, never the closed one', async () => {
    const { id, tap } = await orderOf()
    await tap()
    const closed = await numberOf(id)
    const { mchid } = world.ctx.config

    await world.ctx.wechat(mchid).call(endpoints.close, { path: { out_trade_no: closed }, body: { mchid } })
    await world.advance(2 * 3600 + 60)
    await tap()
    expect(await numberOf(id)).not.toBe(closed)
  })

  test("on somebody else's order finds none", async () => {
    const { id } = await orderOf()
    await expect(startPayment(world.newShopper(), { id })).rejects.toMatchObject({ code: 'ORDER_NOT_FOUND' })
  })
})

describe('an answer that proves nothing', () => {
  test.each([
    { kind: 'error-before-effect' },
    { kind: 'error-after-effect' },
    { kind: 'reset-after-effect' },
    { kind: 'unsigned-response' },
    { kind: 'tamper-response' },
    { kind: 'rate-limit' },
  ])('asks the shopper to come back, and the next tap goes on with the same number: $kind', async (fault) => {
    const { id, tap } = await orderOf()
    await world.simulated.faults({ ...CREATE, ...fault })
    await expect(tap()).rejects.toMatchObject({ code: 'WECHATPAY_UNAVAILABLE' })
    const number = await numberOf(id)
    expect((await tap()).package).toMatch(/^prepay_id=wx/)
    expect(await numberOf(id)).toBe(number)
  })

  test('a prepay_id that WeChat Pay does not know is replaced once the order has been checked', async () => {
    const { id, shopper, tap } = await orderOf()
    await world.simulated.faults({ ...CREATE, kind: 'ok-without-effect' })
    const bad = await tap()
    expect(await checkOrder(shopper, { id })).toMatchObject({ status: 'pending' })
    expect((await tap()).package).not.toBe(bad.package)
    expect((await world.simulated.transaction(await numberOf(id))).tradeState).toBe('NOTPAY')
  })

  test('is shown as confirming until WeChat Pay has answered', async () => {
    const { tap, view } = await orderOf()
    await world.simulated.faults({ ...CREATE, kind: 'reset-after-effect' })
    await expect(tap()).rejects.toMatchObject({ code: 'WECHATPAY_UNAVAILABLE' })
    expect(await view()).toMatchObject({ status: 'pending', confirming: true })
    await world.advance(15)
    await catchUp(world.ctx)
    expect(await view()).toMatchObject({ status: 'pending', confirming: false })
  })

  test('a refusal that nobody can explain raises an alarm', async () => {
    const { tap } = await orderOf()
    await world.simulated.faults({ ...CREATE, kind: 'error-before-effect', status: 403, code: 'NO_AUTH' })
    await expect(tap()).rejects.toMatchObject({ code: 'WECHATPAY_UNAVAILABLE' })
    expect(world.alarms).toContainEqual(
      expect.objectContaining({ kind: 'prepay_refused', detail: expect.objectContaining({ apiCode: 'NO_AUTH' }) }),
    )
  })
})

describe('a prepay_id whose order closes while WeChat Pay is thinking', () => {
  test('is never handed out', async () => {
    const { id, shopper, tap, view } = await orderOf()
    const [hold] = await world.simulated.faults({ ...CREATE, kind: 'hold-response' })
    const tapped = tap()
    tapped.catch(() => undefined)
    await expect.poll(async () => (await world.simulated.transaction(await numberOf(id))).tradeState).toBe('NOTPAY')

    expect(await cancelOrder(shopper, { id })).toMatchObject({ status: 'closed' })
    await world.simulated.call('POST', `/faults/${hold?.id}/release`)
    await expect(tapped).rejects.toMatchObject({ code: 'ORDER_CLOSED' })
    expect((await world.simulated.transaction(await numberOf(id))).tradeState).toBe('CLOSED')
    expect(await view()).toMatchObject({ status: 'closed' })
    const paths = (await world.simulated.requests(await numberOf(id))).map((request) => request.path)
    expect(paths.at(-1), 'closed once more, in case the order reached WeChat Pay late').toMatch(/\/close$/)
  })
})
