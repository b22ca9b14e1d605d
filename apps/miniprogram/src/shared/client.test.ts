import { goods, orders, reports } from '@shouyin/contracts/shopper'
import * as v from 'valibot'
import { afterEach, expect, test } from 'vitest'
import { orderWith, problem, sendByFetch, startServer } from '../testing/server.ts'
import { createClient, type Session } from './client.ts'
import { RequestFailed } from './request-failed.ts'

type Server = Awaited<ReturnType<typeof startServer>>
let server: Server | undefined
afterEach(() => {
  takesMs = 0
  return server?.close()
})

async function clientOf(answer: Parameters<typeof startServer>[0], session: Partial<Session> = {}) {
  let nowMs = 0
  server = await startServer((request) => {
    nowMs += takesMs
    return answer(request)
  })
  const full: Session = { token: async () => 'old', renew: async () => 'new', ...session }
  const told: [report: reports.Report, thrown?: unknown][] = []
  const client = createClient({
    baseUrl: server.url,
    send: sendByFetch,
    session: full,
    now: () => nowMs,
    report: (...one) => told.push(one),
  })
  return { server, client, told }
}
/** What every answer takes, on the client's clock. */
let takesMs = 0

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

test('a problem comes out with its code, its field and the id under which the server logged it', async () => {
  const { client, server, told } = await clientOf(() => ({
    status: 400,
    body: { error: { code: 'INVALID_INPUT', message: 'too many', field: 'items.0.quantity', requestId: 'req-7' } },
  }))
  const failure = await client.call(orders.getOrder, { id: 'x' }).catch((error) => error)
  expect(failure).toBeInstanceOf(RequestFailed)
  expect(failure).toMatchObject({ code: 'INVALID_INPUT', field: 'items.0.quantity' })
  expect(failure.ref).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/)
  expect(server.received[0]?.headers['request-ref']).toBe(failure.ref)
  expect(told).toEqual([])
})

test('every call has an id of its own, which the server accepts; its second try has the same', async () => {
  const { client, server } = await clientOf(({ headers }) =>
    headers.authorization === 'Bearer new' ? { body: orderWith({}) } : problem(401, 'UNAUTHENTICATED'),
  )
  await client.call(orders.getOrder, { id: 'x' })
  await client.call(orders.getOrder, { id: 'x' })
  const refs = server.received.map((one) => String(one.headers['request-ref']))
  expect(refs.every((ref) => v.is(reports.Ref, ref))).toBe(true)
  expect([refs[0] === refs[1], refs[2] === refs[3], refs[0] === refs[2]]).toEqual([true, true, false])
})

test('what the server cannot know of is told, by template and without what was asked for', async () => {
  const { client, told } = await clientOf(() => 'hang-up')
  const failure = await client.call(orders.getOrder, { id: 'SY20261121000001' }).catch((error) => error)
  expect(told).toEqual([
    [{ kind: 'failed-request', ref: failure.ref, operation: 'GET /api/orders/:id', code: 'OFFLINE' }, failure],
  ])
  expect(v.is(reports.Report, told[0]?.[0])).toBe(true)
})

test('a login that fails within a call is told of once and gives the call its id', async () => {
  const lost = Object.assign(new RequestFailed({ code: 'TIMED_OUT', message: '' }), { ref: '7K3M9QXT' })
  const { client, told } = await clientOf(() => ({ body: orderWith({}) }), { token: () => Promise.reject(lost) })
  await expect(client.call(orders.getOrder, { id: 'x' })).rejects.toMatchObject({ ref: '7K3M9QXT' })
  expect(told).toEqual([])
})

test('a fault of our own within a call is a failure with an id, told of with where it happened', async () => {
  const fault = new TypeError('storage is full')
  const { client, told } = await clientOf(() => ({ body: {} }), { token: () => Promise.reject(fault) })
  const failure = await client.call(orders.getOrder, { id: 'x' }).catch((error) => error)
  expect(failure).toMatchObject({ code: 'DEFECT', ref: told[0]?.[0].ref })
  expect(told).toEqual([[expect.objectContaining({ kind: 'failed-request', code: 'DEFECT' }), fault]])
})

test.each([
  ['quick', 2999, []],
  ['slow', 3000, [3000]],
  ['as slow as its limit', 15_000, [15_000]],
  ['interrupted by a phone that slept', 600_000, []],
])('a request that is %s', async (_, ms, durations) => {
  takesMs = ms
  const { client, told } = await clientOf(() => ({ body: orderWith({}) }))
  await client.call(orders.getOrder, { id: 'x' })
  expect(told.map(([{ durationMs }]) => durationMs)).toEqual(durations)
  expect(told.every(([report]) => report.kind === 'slow-request' && v.is(reports.Report, report))).toBe(true)
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
    now: Date.now,
    report: () => {},
    session: { token: async () => 't', renew: async () => 't' },
    send: async (request) => {
      timeouts.push(request.timeoutMs)
      return { status: 200, body: orderWith({}) }
    },
  })
  await client.call(orders.getOrder, { id: 'x' })
  expect(timeouts).toEqual([15_000])
})
