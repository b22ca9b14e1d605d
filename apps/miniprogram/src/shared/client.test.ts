import { goods, orders } from '@shouyin/contracts/shopper'
import { afterEach, expect, test } from 'vitest'
import { orderWith, problem, sendByFetch, startServer } from '../testing/server.ts'
import { createClient, type Session } from './client.ts'
import { RequestFailed } from './request-failed.ts'

type Server = Awaited<ReturnType<typeof startServer>>
let server: Server | undefined
afterEach(() => server?.close())

async function clientOf(answer: Parameters<typeof startServer>[0], session: Partial<Session> = {}) {
  server = await startServer(answer)
  const full: Session = { token: async () => 'old', renew: async () => 'new', ...session }
  return { server, client: createClient({ baseUrl: server.url, send: sendByFetch, session: full }) }
}

test('path members go into the path, escaped, and nowhere else', async () => {
  const { client, server } = await clientOf(() => ({ body: orderWith({}) }))
  await client.call(orders.checkOrder, { id: 'a/b c' })
  expect(server.received[0]).toMatchObject({ method: 'POST', path: '/api/orders/a%2Fb%20c/check', body: {} })
})

test('the rest of a GET goes into the query; members without a value stay out', async () => {
  const { client, server } = await clientOf(() => ({ body: { orders: [], next: null } }))
  await client.call(orders.listOrders, { limit: 5, after: 'x&y=z' })
  await client.call(orders.listOrders, {})
  expect(server.received.map((one) => one.query)).toEqual([{ limit: '5', after: 'x&y=z' }, {}])
})

test('a call carries the session and the Idempotency-Key; a public one carries no session', async () => {
  const { client, server } = await clientOf(({ method }) => ({
    body: method === 'GET' ? { goods: [] } : orderWith({}),
  }))
  await client.call(
    orders.createOrder,
    { items: [{ goodsId: 'ball', quantity: 1 }] },
    { idempotencyKey: 'k'.repeat(32) },
  )
  await client.call(goods.listGoods, {})
  expect(server.received[0]?.headers).toMatchObject({ authorization: 'Bearer old', 'idempotency-key': 'k'.repeat(32) })
  expect(server.received[1]?.headers).not.toHaveProperty('authorization')
})

test('an expired session is renewed once and the call is made again with everything it carried', async () => {
  const { client, server } = await clientOf(({ headers }) =>
    headers.authorization === 'Bearer new' ? { status: 201, body: orderWith({}) } : problem(401, 'UNAUTHENTICATED'),
  )
  const input = { items: [{ goodsId: 'ball', quantity: 2 }] }
  await client.call(orders.createOrder, input, { idempotencyKey: 'k'.repeat(32) })
  expect(server.received.map((one) => [one.headers['idempotency-key'], one.body])).toEqual([
    ['k'.repeat(32), input],
    ['k'.repeat(32), input],
  ])
})

test('a session that is refused again after it was renewed is an error, not a loop', async () => {
  const { client, server } = await clientOf(() => problem(401, 'UNAUTHENTICATED'))
  await expect(client.call(orders.getOrder, { id: 'order-1' })).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
  expect(server.received).toHaveLength(2)
})

test('a problem comes out with its code, its field and the number for customer service', async () => {
  const { client } = await clientOf(() => ({
    status: 400,
    body: { error: { code: 'INVALID_INPUT', message: 'too many', field: 'items.0.quantity', requestId: 'req-7' } },
  }))
  const failure = await client.call(orders.getOrder, { id: 'x' }).catch((error) => error)
  expect(failure).toBeInstanceOf(RequestFailed)
  expect(failure).toMatchObject({ code: 'INVALID_INPUT', field: 'items.0.quantity', requestId: 'req-7' })
})

test('a status that this version does not know is an order all the same', async () => {
  const { client } = await clientOf(() => ({ body: orderWith({ status: 'split', gift: { points: 3 } }) }))
  expect(await client.call(orders.getOrder, { id: 'order-1' })).toMatchObject({ status: 'unknown', amountFen: 1990 })
})

test.each([
  ['a gateway page', { status: 502, body: '<html>Bad Gateway</html>' }],
  ['an order without its sum', { body: { ...orderWith({}), amountFen: undefined } }],
])('%s is unreadable, never a success', async (_, reply) => {
  const { client } = await clientOf(() => reply)
  await expect(client.call(orders.getOrder, { id: 'x' })).rejects.toMatchObject({ code: 'ANSWER_UNREADABLE' })
})

test('a connection that breaks is OFFLINE', async () => {
  const { client } = await clientOf(() => 'hang-up')
  await expect(client.call(orders.getOrder, { id: 'x' })).rejects.toMatchObject({ code: 'OFFLINE' })
})

test('every request has a time limit', async () => {
  const timeouts: number[] = []
  const client = createClient({
    baseUrl: 'http://127.0.0.1',
    session: { token: async () => 't', renew: async () => 't' },
    send: async (request) => {
      timeouts.push(request.timeoutMs)
      return { status: 200, body: orderWith({}) }
    },
  })
  await client.call(orders.getOrder, { id: 'x' })
  expect(timeouts).toEqual([15_000])
})
