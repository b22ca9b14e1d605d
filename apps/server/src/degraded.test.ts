import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually, type Running, startRunning } from './testing/running.ts'

/** WeChat Pay waits 5 s for its answer. */
const PATIENCE_MS = 5_000

let running: Running
let token: string
beforeAll(async () => {
  running = await startRunning()
  token = await running.logIn()
})
afterAll(() => running?.close())

async function openOrder() {
  const headers = { 'Idempotency-Key': crypto.randomUUID() }
  const { body: order } = await running.send('POST', '/api/orders', {
    ...{ token, headers },
    body: { items: [{ goodsId: 'towel', quantity: 1 }] },
  })
  const path = `/api/orders/${order.id}`
  await running.send('POST', `${path}/payment`, { token, body: {} })
  const read = async () => (await running.send('GET', path, { token })).body
  return { path, outTradeNo: String((await read()).outTradeNo), read }
}

test('a notification that cannot be stored in time is answered 5xx before WeChat Pay gives up, and comes again', async () => {
  const { outTradeNo, read } = await openOrder()
  const attempts = async () => {
    const { notifications } = await running.simulated.call<{
      notifications: { id: string; attempts: { status: number | null; durationMs: number }[] }[]
    }>('GET', `/notifications?outTradeNo=${outTradeNo}`)
    return notifications[0]
  }
  const client = await running.pool.connect()
  await client.query('begin')
  await client.query('lock table notification_inbox in access exclusive mode')
  await running.simulated.pay(outTradeNo)
  await eventually('the first attempt', async () => (await attempts())?.attempts.length === 1)
  await client.query('rollback')
  client.release()
  const first = await attempts()
  expect(first?.attempts[0]).toMatchObject({ status: 503 })
  expect(first?.attempts[0]?.durationMs).toBeLessThan(PATIENCE_MS)

  await running.simulated.call('POST', `/notifications/${first?.id}/resend`)
  await eventually('paid', async () => (await read()).status === 'paid')
})

test.each([200, -200])('a clock that is %i s off WeChat Pay turns /readyz red, and back', async (seconds) => {
  const { path } = await openOrder()
  const skew = async () =>
    Number(/^shouyin_clock_skew_seconds (\S+)$/m.exec((await running.send('GET', '/metrics')).text)?.[1])
  await running.simulated.faults({ match: { method: 'GET' }, kind: 'skew-clock', seconds })
  await running.send('POST', `${path}/check`, { token, body: {} })
  expect(Math.abs((await skew()) - seconds)).toBeLessThan(5)
  const red = await running.send('GET', '/readyz')
  const checks = { clock: expect.stringContaining(seconds > 0 ? 'behind WeChat Pay' : 'ahead of WeChat Pay') }
  expect(red).toMatchObject({ status: 503, body: { checks } })

  await running.simulated.faults()
  await running.send('POST', `${path}/check`, { token, body: {} })
  expect(await running.send('GET', '/readyz')).toMatchObject({ status: 200, body: { checks: { clock: 'ok' } } })
  expect(Math.abs(await skew())).toBeLessThan(5)
})

test('calls that WeChat Pay refuses for their frequency are counted, and waits for connections measured', async () => {
  const { path } = await openOrder()
  await running.simulated.faults({ match: { method: 'GET' }, kind: 'rate-limit', count: 10 })
  await running.send('POST', `${path}/check`, { token, body: {} })
  await running.simulated.faults()
  const { text } = await running.send('GET', '/metrics')
  expect(text).toMatch(/^shouyin_wechat_rate_limited_total\{endpoint="payments\.queryByOutTradeNo"\} [1-9]/m)
  expect(text).toMatch(/^shouyin_db_wait_seconds_count [1-9]/m)
})
