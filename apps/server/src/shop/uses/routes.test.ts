import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Running, startRunning } from '../../testing/running.ts'

let running: Running
let token: string
beforeAll(async () => {
  running = await startRunning()
  token = await running.logIn()
})
afterAll(() => running?.close())

const key = () => ({ 'Idempotency-Key': crypto.randomUUID() })
const items = [{ goodsId: 'swim-pass', quantity: 2 }]
const shop = async (method: string, path: string, body?: unknown, by?: string) =>
  running.send(method, `/api/merchant${path}`, {
    ...{ token: by ?? (await running.merchantKey()), headers: key() },
    ...(body !== undefined && { body }),
  })

async function paidOrder(): Promise<string> {
  const order = await running.send('POST', '/api/orders', { token, headers: key(), body: { items } })
  const { id } = order.body
  await running.send('POST', `/api/orders/${id}/payment`, { token, body: {} })
  const { body } = await running.send('GET', `/api/orders/${id}`, { token })
  await running.simulated.pay(String(body.outTradeNo))
  await running.send('POST', `/api/orders/${id}/check`, { token, body: {} })
  return String(id)
}

test('a quote is the price of now, for who is logged in', async () => {
  const quote = await running.send('POST', '/api/orders/quote', { token, body: { items } })
  expect(quote).toMatchObject({
    status: 200,
    body: { amountFen: 11_600, discountFen: 0, discountName: null, items: [{ goodsId: 'swim-pass', quantity: 2 }] },
  })
  const none = { items: [{ goodsId: 'nothing', quantity: 1 }] }
  expect(await running.send('POST', '/api/orders/quote', { token, body: none })).toMatchObject({
    status: 404,
    body: { error: { code: 'GOODS_NOT_FOUND', field: 'items.0.goodsId' } },
  })
  expect((await running.send('POST', '/api/orders/quote', { body: { items } })).status).toBe(401)
})

test('the shop enters uses, reads them and takes them back', async () => {
  const id = await paidOrder()
  const used = await shop('POST', `/orders/${id}/uses`, { goodsId: 'swim-pass' })
  expect(used).toMatchObject({ status: 201, body: { orderId: id, quantity: 1, undoneAt: null } })
  expect(await shop('POST', `/orders/${id}/uses`, { goodsId: 'swim-pass', quantity: 2 })).toMatchObject({
    status: 409,
    body: { error: { code: 'NOTHING_TO_USE', field: 'quantity' } },
  })
  expect(await shop('POST', `/uses/${used.body.id}/undo`, {})).toMatchObject({
    status: 200,
    body: { undoneAt: expect.any(String) },
  })
  expect((await shop('GET', `/orders/${id}/uses`)).body).toMatchObject({ uses: [{ id: used.body.id }] })
})

test('a key that may only read enters nothing', async () => {
  const reader = await running.merchantKey({ scopes: ['orders:read'] })
  const id = await paidOrder()
  expect((await shop('GET', `/orders/${id}/uses`, undefined, reader)).body).toEqual({ uses: [] })
  expect((await shop('POST', `/orders/${id}/uses`, { goodsId: 'swim-pass' }, reader)).status).toBe(403)
  expect((await shop('POST', `/uses/${crypto.randomUUID()}/undo`, {}, reader)).status).toBe(403)
})
