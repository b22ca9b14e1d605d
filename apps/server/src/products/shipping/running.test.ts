import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually, type Running, startRunning } from '../../testing/running.ts'

let running: Running
beforeAll(async () => {
  running = await startRunning({ shippingInfo: true })
}, 120_000)
afterAll(() => running?.close())

/** A shopper buys, with nothing but what a phone can do. @returns the out_trade_no */
async function buy(goodsId: string): Promise<string> {
  const token = await running.logIn()
  const headers = { 'Idempotency-Key': crypto.randomUUID() }
  const body = { items: [{ goodsId, quantity: 1 }] }
  const { body: order } = await running.send('POST', '/api/orders', { token, headers, body })
  await running.send('POST', `/api/orders/${order.id}/payment`, { token, body: {} })
  const { body: paying } = await running.send('GET', `/api/orders/${order.id}`, { token })
  const outTradeNo = String(paying.outTradeNo)
  await running.simulated.pay(outTradeNo)
  await eventually('it is paid', async () => {
    const { body: now } = await running.send('GET', `/api/orders/${order.id}`, { token })
    return now.status === 'paid'
  })
  return outTradeNo
}
const shipped = async (outTradeNo: string) => {
  const path = `/shipping?outTradeNo=${outTradeNo}`
  return (await running.simulated.call<{ shipments: object[] }>('GET', path)).shipments.length
}

test('a running server tells WeChat of what it fulfilled, by itself, and has no token in its log', async () => {
  const outTradeNo = await buy('racket')
  await running.simulated.advance(1)
  await eventually('it is shipped', async () => (await shipped(outTradeNo)) === 1)
  const { rows } = await running.pool.query<{ token: string }>('select token from access_token')
  const log = running.log.text()
  expect(log).toContain('shipping information')
  expect(rows).toHaveLength(1)
  for (const secret of [rows[0]?.token, running.env.openApi.appSecret]) expect(log).not.toContain(secret)
})

test('what WeChat did not know yet is uploaded when the clock has come to it', async () => {
  await running.simulated.call('PUT', '/switches', { shippingLagSeconds: 3600 })
  const outTradeNo = await buy('swim-pass')
  await eventually('it was tried', async () => {
    const { rows } = await running.pool.query('select from shipment where errcode = 10060001')
    if (rows.length === 0) await running.simulated.advance(1)
    return rows.length === 1
  })
  expect(await shipped(outTradeNo)).toBe(0)
  await running.simulated.call('PUT', '/switches', { shippingLagSeconds: 0 })
  await running.simulated.advance(61)
  await eventually('it is shipped', async () => (await shipped(outTradeNo)) === 1)
})
