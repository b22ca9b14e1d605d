import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startServer } from './start-server.ts'
import { eventually, type Running, startRunning } from './testing/running.ts'

let running: Running
let token: string
beforeAll(async () => {
  running = await startRunning()
  token = await running.logIn()
})
afterAll(() => running?.close())

/** An order whose prepay_id was handed out. */
async function openOrder() {
  const headers = { 'Idempotency-Key': crypto.randomUUID() }
  const body = { items: [{ goodsId: 'swim-cap', quantity: 1 }] }
  const { body: order } = await running.send('POST', '/api/orders', { token, body, headers })
  const path = `/api/orders/${order.id}`
  await running.send('POST', `${path}/payment`, { token, body: {} })
  const read = async () => (await running.send('GET', path, { token })).body
  const { outTradeNo } = await read()
  return { id: String(order.id), outTradeNo: String(outTradeNo), status: async () => (await read()).status }
}
/** Moves business time on both sides, and waits until the server has seen it: else its sweep comes in between. */
async function advance(seconds: number): Promise<void> {
  const { now } = await running.simulated.call<{ now: string }>('POST', '/clock/advance', { seconds })
  await eventually('the server has the time', async () => {
    const { code } = await running.simulated.call<{ code: string }>('POST', '/client/login', {})
    const { body } = await running.send('POST', '/api/session', { body: { code } })
    return Date.parse(String(body.expiresAt)) - 7 * 86_400_000 >= Date.parse(now)
  })
}

type Order = Awaited<ReturnType<typeof openOrder>>

interface Delivery {
  readonly state: string
  readonly attempts: readonly { readonly status: number | null; readonly fault: string | null }[]
}
const deliveries = async ({ outTradeNo }: Order) =>
  (
    await running.simulated.call<{ notifications: (Delivery & { id: string })[] }>(
      'GET',
      `/notifications?outTradeNo=${outTradeNo}`,
    )
  ).notifications
const effects = async ({ id }: Order) => {
  const { rows } = await running.pool.query(
    `select (select count(*)::int from fulfilment where order_id = $1) as fulfilments,
       (select count(*)::int from movement join charge on charge.id = charge_id where subject_id = $1) as movements`,
    [id],
  )
  return rows[0]
}
const once = { fulfilments: 1, movements: 1 }

test.each([
  ['a duplicate', { kind: 'duplicate-notification', copies: 20 }],
  ['an odd spelling of JSON', { kind: 'odd-json' }],
])('%s has one effect', async (_, fault) => {
  const order = await openOrder()
  await running.simulated.faults({ match: { outTradeNo: order.outTradeNo }, count: 1, ...fault })
  await running.simulated.pay(order.outTradeNo)
  await eventually('paid', async () => (await order.status()) === 'paid')
  expect(await effects(order)).toEqual(once)
})

test('50 copies at once at two servers on one database have one effect', async () => {
  const second = await startServer({ ...running.env, logLevel: 'silent' })
  const order = await openOrder()
  await running.simulated.pay(order.outTradeNo)
  const [notification] = await deliveries(order)
  const resend = () => running.simulated.call('POST', `/notifications/${notification?.id}/resend`)
  await Promise.all(Array.from({ length: 50 }, resend))
  await eventually('paid', async () => (await order.status()) === 'paid')
  expect(await effects(order)).toEqual(once)
  const { rows } = await running.pool.query(
    'select count(*)::int as count from notification_inbox where notify_id = $1',
    [notification?.id],
  )
  expect(rows).toEqual([{ count: 1 }])
  await second.close()
})

describe('a delivery that proves nothing is 401; the next honest one settles', () => {
  test.each([
    ['tampered signature', { kind: 'tamper-notification', part: 'signature' }],
    ['tampered ciphertext', { kind: 'tamper-notification', part: 'ciphertext' }],
    ['tampered timestamp', { kind: 'tamper-notification', part: 'timestamp' }],
    ['an hour old', { kind: 'stale-notification', ageSeconds: 3600 }],
    ['a probe', { kind: 'probe-notification' }],
    ['an unknown serial', { kind: 'wrong-serial', on: 'notification' }],
  ])('%s', async (_, fault) => {
    const order = await openOrder()
    await running.simulated.faults({ match: { outTradeNo: order.outTradeNo }, count: 1, ...fault })
    await running.simulated.pay(order.outTradeNo)
    await eventually('the first delivery', async () => (await deliveries(order))[0]?.attempts.length === 1)
    expect((await deliveries(order))[0]?.attempts[0]).toMatchObject({ status: 401 })
    expect(await order.status()).toBe('pending')
    await running.simulated.faults()
    await advance(16)
    await eventually('paid', async () => (await order.status()) === 'paid')
    expect(await effects(order)).toEqual(once)
  })
})

describe('a rightly signed lie is stored, answered 204 and settles nothing', () => {
  test.each([{ amountFen: 1 }, { appid: 'wx9999999999999999' }, { openid: 'oSomebodyElse' }, { mchid: '1900000099' }])(
    '%o',
    async (set) => {
      const order = await openOrder()
      const match = { outTradeNo: order.outTradeNo }
      await running.simulated.faults({ match, count: 1, kind: 'mismatch-notification', set })
      await running.simulated.pay(order.outTradeNo)
      await eventually('the delivery is accepted', async () => (await deliveries(order))[0]?.state === 'delivered')
      await eventually('it is put aside', async () => {
        const { rows } = await running.pool.query(
          `select state from notification_inbox where resource->>'out_trade_no' = $1`,
          [order.outTradeNo],
        )
        return rows[0]?.state === 'dead'
      })
      expect(await effects(order)).toEqual({ fulfilments: 0, movements: 0 })
      expect(running.log.text()).toContain('ALARM')
      await running.simulated.faults()
    },
  )
})

test('a notification signed with a rotated platform certificate is believed once that is downloaded', async () => {
  await running.simulated.call('POST', '/platform-keys/rotate')
  await running.simulated.call('POST', '/platform-keys/switch', { percentByPublicKey: 0 })
  const order = await openOrder()
  await running.simulated.pay(order.outTradeNo)
  await advance(40)
  await eventually('paid', async () => (await order.status()) === 'paid')
  await running.simulated.call('POST', '/platform-keys/switch', { percentByPublicKey: 100 })
})

test('a business effect never runs ahead of the books: every paid order has its movement', async () => {
  const { rows } = await running.pool.query(
    `select count(*)::int as count from orders o where state = 'paid' and not exists (
       select from movement m join charge c on c.id = m.charge_id where c.subject_id = o.id)`,
  )
  expect(rows).toEqual([{ count: 0 }])
})
