import { once } from 'node:events'
import { connect } from 'node:net'
import { Problem } from '@shouyin/contracts/problem'
import * as v from 'valibot'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Answer, type Running, startRunning } from '../../testing/running.ts'

let running: Running
let token: string
beforeAll(async () => {
  running = await startRunning()
  token = await running.logIn()
})
afterAll(() => running?.close())

const KEY = 'k'.repeat(16)
const post = (body: unknown, headers: Record<string, string> = {}) =>
  running.send('POST', '/api/orders', { token, body, headers: { 'Idempotency-Key': KEY, ...headers } })

/** A clear answer in our shape, with a request id in both places. */
function expectProblem(answer: Answer, status: number, code: string, field?: string): void {
  expect(answer.text, answer.text).not.toBe('')
  expect(v.is(Problem, answer.body), answer.text).toBe(true)
  expect({ status: answer.status, error: answer.body.error }).toMatchObject({
    status,
    error: { code, ...(field !== undefined && { field }) },
  })
  expect((answer.body.error as { requestId: string }).requestId).toBe(answer.headers.get('Request-Id'))
}

const line = { goodsId: 'towel', quantity: 1 }
const deep = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`

describe('a body that is not what the route asks for is 400 and names the field', () => {
  test.each<[what: string, body: unknown, field: string | undefined]>([
    ['nothing', {}, 'items'],
    ['no lines', { items: [] }, 'items'],
    ['items that are no list', { items: { length: 1 } }, 'items'],
    ['an unknown member', { items: [line], amountFen: 1 }, 'amountFen'],
    ['an unknown member within', { items: [{ ...line, priceFen: 1 }] }, 'items.0.priceFen'],
    ['a quantity of 0', { items: [{ ...line, quantity: 0 }] }, 'items.0.quantity'],
    ['a quantity of 100', { items: [{ ...line, quantity: 100 }] }, 'items.0.quantity'],
    ['half a towel', { items: [{ ...line, quantity: 0.5 }] }, 'items.0.quantity'],
    ['a quantity as text', { items: [{ ...line, quantity: '1' }] }, 'items.0.quantity'],
    ['null', { items: null }, 'items'],
    ['the same goods twice', { items: [line, line] }, 'items'],
    ['51 lines', { items: Array.from({ length: 51 }, (_, i) => ({ goodsId: `g${i}`, quantity: 1 })) }, 'items'],
    ['an empty id', { items: [{ ...line, goodsId: '' }] }, 'items.0.goodsId'],
    ['a NUL', { items: [{ ...line, goodsId: 'a\0b' }] }, 'items.0.goodsId'],
    ['half a surrogate pair', '{"items":[{"goodsId":"\\ud800","quantity":1}]}', 'items.0.goodsId'],
    ['__proto__', '{"items":[],"__proto__":{"items":1}}', '__proto__'],
    ['constructor', '{"items":[{"goodsId":"towel","quantity":1,"constructor":1}]}', 'items.0.constructor'],
    ['a list', [], undefined],
    ['a bare null', 'null', undefined],
    ['no JSON', '{"items":', undefined],
    ['an empty text', '', undefined],
    ['deep nesting', deep(500), undefined],
    ['deep lists', `{"items":${'['.repeat(10_000)}${']'.repeat(10_000)}}`, undefined],
    ['invalid UTF-8', Uint8Array.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), undefined],
    ['a byte order mark', `\ufeff{"items":[]}`, undefined],
  ])('%s', async (_, body, field) => {
    expectProblem(await post(body, { 'Content-Type': 'application/json' }), 400, 'INVALID_INPUT', field)
  })

  test('a query beside a body is not overlooked', async () => {
    const answer = await running.send('POST', '/api/orders?amountFen=1', {
      token,
      body: { items: [line] },
      headers: { 'Idempotency-Key': KEY },
    })
    expectProblem(answer, 400, 'INVALID_INPUT', 'amountFen')
  })

  test('the message says what would be right', async () => {
    const messageOf = async (body: unknown) => ((await post(body)).body.error as { message: string }).message
    expect(await messageOf({ items: [] })).toBe('items must have a length >=1')
    expect(await messageOf({ items: [{ ...line, quantity: 0.5 }] })).toBe('items.0.quantity must be a whole number')
    expect(await messageOf({ items: [{ ...line, quantity: '1' }] })).toBe('items.0.quantity must be number')
    expect(await messageOf({ items: [{ ...line, quantity: 100 }] })).toBe('items.0.quantity must be <=99')
  })

  test('nothing of it was ordered', async () => {
    const { rows } = await running.pool.query('select count(*)::int as count from orders')
    expect(rows).toEqual([{ count: 0 }])
  })
})

test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/json; charset=gbk', 'application/jsonp'])(
  'a body of type %s is 415',
  async (type) => {
    expectProblem(await post({ items: [line] }, { 'Content-Type': type }), 415, 'UNSUPPORTED_MEDIA_TYPE')
  },
)

test('a body of more than 32 KB is 413', async () => {
  expectProblem(await post({ items: 'x'.repeat(40_000) }), 413, 'BODY_TOO_LARGE')
})

test('a chunked body of 10 MB is refused before it is read', async () => {
  const socket = connect(Number(new URL(running.url).port), '127.0.0.1')
  await once(socket, 'connect')
  socket.on('error', () => undefined)
  const head = ['POST /api/orders HTTP/1.1', 'Host: x', `Authorization: Bearer ${token}`, `Idempotency-Key: ${KEY}`]
  socket.write(`${head.join('\r\n')}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`)
  let answer = ''
  socket.on('data', (chunk) => {
    answer += chunk
  })
  const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`
  for (let i = 0; i < 160 && !socket.destroyed && answer === ''; i++) {
    if (!socket.write(chunk)) await Promise.race([once(socket, 'drain'), once(socket, 'close'), once(socket, 'data')])
  }
  if (answer === '' && !socket.destroyed) await Promise.race([once(socket, 'data'), once(socket, 'close')])
  socket.destroy()
  expect(answer).toMatch(/^HTTP\/1\.1 413 /)
})

describe('the address', () => {
  test.each<[method: string, path: string, status: number, code: string, field?: string]>([
    ['GET', '/nothing', 404, 'NOT_FOUND'],
    ['GET', '/api/goods/none', 404, 'GOODS_NOT_FOUND'],
    ['GET', `/api/goods/${'x'.repeat(65)}`, 400, 'INVALID_INPUT', 'id'],
    ['GET', '/api/goods/%00', 400, 'INVALID_INPUT', 'id'],
    ['GET', '/api/goods/%ff', 404, 'GOODS_NOT_FOUND'],
    ['GET', '/api/goods?page=2', 400, 'INVALID_INPUT', 'page'],
    ['GET', '/api/goods?constructor=2', 400, 'INVALID_INPUT', 'constructor'],
    ['GET', '/api/orders?limit=0', 400, 'INVALID_INPUT', 'limit'],
    ['GET', '/api/orders?limit=101', 400, 'INVALID_INPUT', 'limit'],
    ['GET', '/api/orders?limit=abc', 400, 'INVALID_INPUT', 'limit'],
    ['GET', '/api/orders?limit=1&limit=2', 400, 'INVALID_INPUT', 'limit'],
    ['GET', '/api/orders?after=nonsense', 400, 'INVALID_INPUT', 'after'],
    ['GET', '/api/orders?after=%00', 400, 'INVALID_INPUT', 'after'],
    ['GET', '/api/orders/not-a-uuid', 404, 'ORDER_NOT_FOUND'],
    ['GET', "/api/orders/'%20or%201=1--", 404, 'ORDER_NOT_FOUND'],
    ['GET', '/api/orders/x?id=y', 400, 'INVALID_INPUT', 'id'],
    ['GET', '/api/orders/by-number/12345', 400, 'INVALID_INPUT', 'outTradeNo'],
  ])('%s %s is %i', async (method, path, status, code, field) => {
    expectProblem(await running.send(method, path, { token }), status, code, field)
  })

  test.each([
    ['limit=abc', 'limit must be a whole number from 1 to 100'],
    ['status=done', 'status must be one of pending, closing, paid, closed'],
    ['after=nonsense', 'after must be the "next" of the page before'],
    ['state=paid', 'state is unknown; leave it out'],
  ])('the query ?%s is told what is possible', async (query, message) => {
    const answer = await running.send('GET', `/api/merchant/orders?${query}`, { token: await running.merchantKey() })
    expect(answer.body).toMatchObject({ error: { code: 'INVALID_INPUT', message } })
  })

  test('a member of the path cannot be given again in the body', async () => {
    const answer = await running.send('POST', '/api/orders/x/check', { token, body: { id: 'y' } })
    expectProblem(answer, 400, 'INVALID_INPUT', 'id')
  })

  test.each([
    ['DELETE', '/api/orders', 'GET, HEAD, POST'],
    ['GET', '/api/session', 'POST'],
    ['POST', '/api/goods', 'GET, HEAD'],
    ['PUT', '/wechatpay/notifications/1900000001/payments', 'POST'],
    ['OPTIONS', '/readyz', 'GET, HEAD'],
  ])('%s %s is 405 and says what is possible', async (method, path, allow) => {
    const answer = await running.send(method, path)
    expectProblem(answer, 405, 'METHOD_NOT_ALLOWED')
    expect(answer.headers.get('Allow')).toBe(allow)
  })
})

test.each([undefined, '', 'short', 'k'.repeat(129), 'has space in it 1234', 'umlaut-ü-0123456789'.normalize('NFD')])(
  'Idempotency-Key %j is 400',
  async (key) => {
    const encoded = key === undefined ? {} : { 'Idempotency-Key': Buffer.from(key).toString('latin1') }
    const answer = await running.send('POST', '/api/orders', { token, body: { items: [line] }, headers: encoded })
    expectProblem(answer, 400, 'INVALID_INPUT', 'Idempotency-Key')
  },
)

test('every answer has a request id and safe headers, and says nothing about what runs here', async () => {
  for (const path of ['/livez', '/api/goods', '/nothing', '/docs', '/images/goods/towel.png']) {
    const { headers } = await running.send('GET', path)
    expect(headers.get('Request-Id'), path).toMatch(/^[0-9a-f-]{36}$/)
    expect(headers.get('X-Content-Type-Options'), path).toBe('nosniff')
    expect(headers.get('X-Powered-By'), path).toBeNull()
  }
})

test('none of this was an error of the server', () => {
  expect(running.log.lines().filter((one) => 'level' in one && one.level === 'error')).toEqual([])
})
