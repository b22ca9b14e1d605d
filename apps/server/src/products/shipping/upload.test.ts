import { createOpenApi, type UploadShippingInfo } from '@shouyin/wechatpay-core/open-api'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { ServerCtx } from '../../kernel/context.ts'
import { settlePayment } from '../../ledger/settle-payment.ts'
import { insertDeduction } from '../../testing/deductions.ts'
import { paymentOf } from '../../testing/ledger.ts'
import { type ShippingWorld, startShippingWorld } from '../../testing/shipping.ts'
import { catchUp } from './catch-up.ts'

const UPLOAD = '/wxa/sec/order/upload_shipping_info'
const GET_ORDER = '/wxa/sec/order/get_order'
const DAY_SECONDS = 86_400

let world: ShippingWorld
let server: ServerCtx
beforeAll(async () => {
  world = await startShippingWorld()
  server = world.process()
}, 120_000)
afterAll(() => world?.close())
afterEach(async () => {
  await world.simulated.faults()
  await world.simulated.call('PUT', '/switches', { shippingLagSeconds: 0 })
})

const rowOf = (outTradeNo: string) => world.rowOf(outTradeNo)
const fault = (kind: string, more: object = {}) => world.simulated.faults({ match: { path: UPLOAD }, kind, ...more })
const refusedAlarms = () => world.alarms.filter(({ kind }) => kind === 'shipping_refused')

describe('a fulfilled order', () => {
  test.each<[goods: string[], logisticsType: number]>([
    [['swim-pass'], 3],
    [['swim-pass', 'coach-lesson'], 3],
    [['racket'], 4],
    [['swim-pass', 'racket'], 4],
  ])('of %j is uploaded with logistics_type %i', async (goods, logisticsType) => {
    const outTradeNo = await world.fulfil(...goods)
    const { description = '' } = await world.simulated.transaction(outTradeNo)
    expect(await catchUp(server)).toBe(1)
    expect(await world.shipmentsOf(outTradeNo)).toMatchObject([
      { logisticsType, deliveryMode: 1, finishCount: 1, orderState: 2, parcels: [{ itemDesc: description }] },
    ])
    expect(await rowOf(outTradeNo)).toMatchObject({
      state: 'uploaded',
      attempts: 1,
      errcode: null,
      next_attempt_at: null,
    })
  })

  test('of a lesson that is paid another way is a service; what is deducted has no order to ship', async () => {
    const outTradeNo = await world.fulfilLesson()
    const { mchid, appid } = server.config
    const deduction = await insertDeduction(world.ctx.db, { now: server.clock.now(), mchid, appid })
    await settlePayment(world.ctx, paymentOf(deduction, server.clock.now()))
    expect(await catchUp(server)).toBe(1)
    expect(await world.shipmentsOf(outTradeNo)).toMatchObject([{ logisticsType: 3, finishCount: 1 }])
    expect(await rowOf(deduction.out_trade_no)).toBeUndefined()
  })

  test('is known to be shipped from the moment it is fulfilled, also while nobody sweeps', async () => {
    const outTradeNo = await world.fulfil('towel')
    expect(await rowOf(outTradeNo)).toMatchObject({ state: 'waiting', attempts: 0, body: null })
    await catchUp(server)
  })

  test('is not uploaded while the setting is off, and is when it is on', async () => {
    const outTradeNo = await world.fulfil('towel')
    expect(await catchUp(world.process({ shippingInfo: false }))).toBe(0)
    expect(await world.uploadsOf(outTradeNo)).toEqual([])
    await catchUp(server)
    expect(await rowOf(outTradeNo)).toMatchObject({ state: 'uploaded' })
  })

  test('is uploaded once by ten sweeps of two processes', async () => {
    const outTradeNo = await world.fulfil('towel')
    const other = world.process()
    await Promise.all(Array.from({ length: 10 }, (_, i) => catchUp(i % 2 ? server : other)))
    expect(await world.uploadsOf(outTradeNo)).toHaveLength(1)
    expect(await rowOf(outTradeNo)).toMatchObject({ state: 'uploaded' })
  })

  test('is uploaded in the same sweep when the token was taken away', async () => {
    const outTradeNo = await world.fulfil('towel')
    const { appid, appSecret } = world.simulated.merchant
    const elsewhere = createOpenApi({ appid, appSecret, baseUrl: world.simulated.url })
    await elsewhere.stableToken({ forceRefresh: true })
    elsewhere.close()
    await catchUp(server)
    expect(await rowOf(outTradeNo)).toMatchObject({ state: 'uploaded', attempts: 1 })
  })
})

describe('a lost answer', () => {
  test('is asked for before anything is sent again: the one chance to ship anew is not spent', async () => {
    const outTradeNo = await world.fulfil('towel')
    await fault('reset-after-effect')
    await catchUp(server)
    expect(await rowOf(outTradeNo)).toMatchObject({ state: 'waiting', attempts: 1 })
    await world.advance(61)
    await catchUp(server)
    expect(await rowOf(outTradeNo)).toMatchObject({ state: 'uploaded', attempts: 2 })
    expect(await world.uploadsOf(outTradeNo)).toHaveLength(1)
    expect(await world.shipmentsOf(outTradeNo)).toMatchObject([{ finishCount: 1 }])
  })

  test('that was no is followed by the very same request', async () => {
    const outTradeNo = await world.fulfil('towel')
    await fault('reset-before-effect')
    await catchUp(server)
    await world.advance(61)
    await catchUp(server)
    const [first, second, third] = await world.uploadsOf(outTradeNo)
    expect([second, third]).toEqual([first, undefined])
    expect(await rowOf(outTradeNo)).toMatchObject({ state: 'uploaded', body: first })
  })

  test('to the question too leaves the order waiting', async () => {
    const outTradeNo = await world.fulfil('towel')
    await fault('error-after-effect')
    await catchUp(server)
    await world.advance(61)
    await world.simulated.faults({ match: { path: GET_ORDER }, kind: 'reset-before-effect' })
    await catchUp(server)
    expect(await rowOf(outTradeNo)).toMatchObject({ state: 'waiting', attempts: 2 })
    await world.advance(121)
    await catchUp(server)
    expect(await rowOf(outTradeNo)).toMatchObject({ state: 'uploaded', attempts: 3 })
  })
})

describe('a payment that WeChat does not know yet (10060001)', () => {
  test('is tried again after 1, 2, 4 … minutes, and taken when it is there', async () => {
    await world.simulated.call('PUT', '/switches', { shippingLagSeconds: 200 })
    const outTradeNo = await world.fulfil('towel')
    const waits: number[] = []
    for (let i = 0; i < 3; i++) {
      expect(await catchUp(server)).toBe(1)
      expect(await catchUp(server)).toBe(0)
      const row = await rowOf(outTradeNo)
      expect(row).toMatchObject({ state: 'waiting', errcode: 10060001 })
      const waitMs = (row?.next_attempt_at?.getTime() ?? Number.NaN) - server.clock.now().getTime()
      waits.push(Math.round(waitMs / 60_000))
      await world.advance(Math.ceil(waitMs / 1000) + 1)
    }
    expect(waits).toEqual([1, 2, 4])
    await catchUp(server)
    expect(await rowOf(outTradeNo)).toMatchObject({ state: 'uploaded', attempts: 4 })
    expect(refusedAlarms()).toEqual([])
  })

  test('nor after seven days is given up, with an alarm', async () => {
    await world.simulated.call('PUT', '/switches', { shippingLagSeconds: DAY_SECONDS })
    const outTradeNo = await world.fulfil('towel')
    await catchUp(server)
    await world.advance(6 * DAY_SECONDS)
    await fault('error-before-effect', { code: '10060001', count: 2 })
    await catchUp(server)
    expect(await rowOf(outTradeNo)).toMatchObject({ state: 'waiting', attempts: 2 })
    await world.advance(DAY_SECONDS + 1)
    await catchUp(server)
    expect(await rowOf(outTradeNo)).toMatchObject({ state: 'refused', errcode: 10060001 })
    expect(refusedAlarms().at(-1)?.detail).toMatchObject({ outTradeNo, errcode: 10060001 })
  })

  test('and that was old when it was first tried is skipped: it is from before the setting was on', async () => {
    const outTradeNo = await world.fulfil('towel')
    const before = refusedAlarms().length
    await world.advance(8 * DAY_SECONDS)
    await fault('error-before-effect', { code: '10060001' })
    await catchUp(server)
    expect(await rowOf(outTradeNo)).toMatchObject({ state: 'skipped', errcode: 10060001 })
    expect(refusedAlarms()).toHaveLength(before)
  })
})

test('what is sent names the payment, its payer and a time of this day', async () => {
  const outTradeNo = await world.fulfil('swim-pass')
  await catchUp(server)
  const [body = '{}'] = await world.uploadsOf(outTradeNo)
  const sent = JSON.parse(body) as UploadShippingInfo
  expect(sent).toMatchObject({
    order_key: { order_number_type: 1, mchid: server.config.mchid, out_trade_no: outTradeNo },
    delivery_mode: 1,
    shipping_list: [{ item_desc: '收银体育馆-单次游泳票' }],
    payer: { openid: expect.stringMatching(/^o/) },
  })
  expect(Math.abs(Date.parse(sent.upload_time) - server.clock.now().getTime())).toBeLessThan(10_000)
})
