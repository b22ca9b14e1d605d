import { createOpenApi, formatUploadTime, type UploadShippingInfo } from '@shouyin/wechatpay-core/open-api'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { ServerCtx } from '../../kernel/context.ts'
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

const rowOf = (outTradeNo: string) =>
  server.db
    .selectFrom('shipment')
    .innerJoin('charge', 'charge.id', 'shipment.charge_id')
    .selectAll('shipment')
    .where('charge.out_trade_no', '=', outTradeNo)
    .executeTakeFirst()
const atWechat = async (outTradeNo: string) =>
  (await world.simulated.call<{ shipments: object[] }>('GET', `/shipping?outTradeNo=${outTradeNo}`)).shipments
const uploadsOf = async (outTradeNo: string) => (await world.sent(UPLOAD)).filter((body) => body.includes(outTradeNo))
const fault = (kind: string, more: object = {}) => world.simulated.faults({ match: { path: UPLOAD }, kind, ...more })
const alarmsOf = (kind: string) => world.alarms.filter((alarm) => alarm.kind === kind)

/** A person enters it in 小程序后台, or an earlier program did. */
async function shipElsewhere(outTradeNo: string): Promise<void> {
  const { appid, appSecret, mchid } = world.simulated.merchant
  const elsewhere = createOpenApi({ appid, appSecret, baseUrl: world.simulated.url })
  const { accessToken } = await elsewhere.stableToken()
  const charge = await server.db
    .selectFrom('charge')
    .selectAll()
    .where('out_trade_no', '=', outTradeNo)
    .executeTakeFirst()
  await elsewhere.uploadShippingInfo(accessToken, {
    order_key: { order_number_type: 1, mchid, out_trade_no: outTradeNo },
    logistics_type: 2,
    delivery_mode: 1,
    shipping_list: [{ item_desc: '手工录入' }],
    upload_time: formatUploadTime(server.clock.now()),
    payer: { openid: charge?.openid ?? '' },
  })
  elsewhere.close()
}

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
    expect(await atWechat(outTradeNo)).toMatchObject([
      { logisticsType, deliveryMode: 1, finishCount: 1, orderState: 2, parcels: [{ itemDesc: description }] },
    ])
    expect(await rowOf(outTradeNo)).toMatchObject({
      state: 'uploaded',
      attempts: 1,
      errcode: null,
      next_attempt_at: null,
    })
  })

  test('is known to be shipped from the moment it is fulfilled, also while nobody sweeps', async () => {
    const outTradeNo = await world.fulfil('towel')
    expect(await rowOf(outTradeNo)).toMatchObject({ state: 'waiting', attempts: 0, body: null })
    await catchUp(server)
  })

  test('is not uploaded while the setting is off, and is when it is on', async () => {
    const outTradeNo = await world.fulfil('towel')
    expect(await catchUp(world.process({ shippingInfo: false }))).toBe(0)
    expect(await uploadsOf(outTradeNo)).toEqual([])
    await catchUp(server)
    expect(await rowOf(outTradeNo)).toMatchObject({ state: 'uploaded' })
  })

  test('is uploaded once by ten sweeps of two processes', async () => {
    const outTradeNo = await world.fulfil('towel')
    const other = world.process()
    await Promise.all(Array.from({ length: 10 }, (_, i) => catchUp(i % 2 ? server : other)))
    expect(await uploadsOf(outTradeNo)).toHaveLength(1)
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
    expect(await uploadsOf(outTradeNo)).toHaveLength(1)
    expect(await atWechat(outTradeNo)).toMatchObject([{ finishCount: 1 }])
  })

  test('that was no is followed by the very same request', async () => {
    const outTradeNo = await world.fulfil('towel')
    await fault('reset-before-effect')
    await catchUp(server)
    await world.advance(61)
    await catchUp(server)
    const [first, second, third] = await uploadsOf(outTradeNo)
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
    expect(alarmsOf('shipping_refused')).toEqual([])
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
    expect(alarmsOf('shipping_refused').at(-1)?.detail).toMatchObject({ outTradeNo, errcode: 10060001 })
  })

  test('and that was old when it was first tried is skipped: it is from before the setting was on', async () => {
    const outTradeNo = await world.fulfil('towel')
    const before = alarmsOf('shipping_refused').length
    await world.advance(8 * DAY_SECONDS)
    await fault('error-before-effect', { code: '10060001' })
    await catchUp(server)
    expect(await rowOf(outTradeNo)).toMatchObject({ state: 'skipped', errcode: 10060001 })
    expect(alarmsOf('shipping_refused')).toHaveLength(before)
  })
})

describe('a refusal', () => {
  test.each([10060002, 10060023])('%i means that it is there', async (errcode) => {
    const outTradeNo = await world.fulfil('towel')
    await fault('error-before-effect', { code: String(errcode) })
    await catchUp(server)
    expect(await rowOf(outTradeNo)).toMatchObject({ state: 'uploaded', errcode })
  })

  test.each([10060003, 10060004])(
    '%i of an order that was shipped elsewhere means that it is there',
    async (errcode) => {
      const outTradeNo = await world.fulfil('towel')
      await shipElsewhere(outTradeNo)
      await fault('error-before-effect', { code: String(errcode) })
      await catchUp(server)
      expect(await rowOf(outTradeNo)).toMatchObject({ state: 'uploaded', errcode })
      expect(await atWechat(outTradeNo)).toMatchObject([{ parcels: [{ itemDesc: '手工录入' }] }])
    },
  )

  test.each([10060004, 10060005, 10060031, 268485228, 47001])(
    '%i is final, with an alarm that says what to do',
    async (errcode) => {
      const outTradeNo = await world.fulfil('towel')
      await fault('error-before-effect', { code: String(errcode) })
      await catchUp(server)
      expect(await rowOf(outTradeNo)).toMatchObject({ state: 'refused', errcode })
      expect(alarmsOf('shipping_refused').at(-1)?.detail).toMatchObject({
        ...{ outTradeNo, errcode, mchid: server.config.mchid },
        remedy: expect.stringContaining('小程序后台'),
      })
      await world.advance(DAY_SECONDS)
      await catchUp(server)
      expect(await uploadsOf(outTradeNo)).toHaveLength(1)
    },
  )

  test.each([48001, 61004, 45009])(
    '%i blocks all orders: each waits, a person is called, and none is lost',
    async (errcode) => {
      const outTradeNo = await world.fulfil('towel')
      await fault('error-before-effect', { code: String(errcode) })
      await catchUp(server)
      expect(await rowOf(outTradeNo)).toMatchObject({ state: 'waiting', errcode })
      expect(alarmsOf('shipping_blocked').at(-1)?.detail).toMatchObject({ errcode, remedy: expect.any(String) })
      await world.advance(61)
      await catchUp(server)
      expect(await rowOf(outTradeNo)).toMatchObject({ state: 'uploaded' })
    },
  )

  test.each([-1, -217, 10060012])('%i proves nothing: it waits', async (errcode) => {
    const outTradeNo = await world.fulfil('towel')
    await fault('error-before-effect', { code: String(errcode) })
    await catchUp(server)
    expect(await rowOf(outTradeNo)).toMatchObject({ state: 'waiting', errcode })
    await world.advance(61)
    await catchUp(server)
    expect(await rowOf(outTradeNo)).toMatchObject({ state: 'uploaded' })
  })
})

test('a wrong AppSecret blocks and loses nothing', async () => {
  const outTradeNo = await world.fulfil('towel')
  await server.db.deleteFrom('access_token').execute()
  await world.simulated.faults({ match: { path: '/cgi-bin/stable_token' }, kind: 'error-before-effect', code: '40125' })
  await catchUp(server)
  expect(await rowOf(outTradeNo)).toMatchObject({ state: 'waiting', errcode: 40125 })
  expect(alarmsOf('shipping_blocked').at(-1)?.detail).toMatchObject({ errcode: 40125 })
  await world.advance(61)
  await catchUp(server)
  expect(await rowOf(outTradeNo)).toMatchObject({ state: 'uploaded' })
})

test('what is sent names the payment, its payer and a time of this day', async () => {
  const outTradeNo = await world.fulfil('swim-pass')
  await catchUp(server)
  const [body = '{}'] = await uploadsOf(outTradeNo)
  const sent = JSON.parse(body) as UploadShippingInfo
  expect(sent).toMatchObject({
    order_key: { order_number_type: 1, mchid: server.config.mchid, out_trade_no: outTradeNo },
    delivery_mode: 1,
    shipping_list: [{ item_desc: '收银体育馆-单次游泳票' }],
    payer: { openid: expect.stringMatching(/^o/) },
  })
  expect(Math.abs(Date.parse(sent.upload_time) - server.clock.now().getTime())).toBeLessThan(10_000)
})
