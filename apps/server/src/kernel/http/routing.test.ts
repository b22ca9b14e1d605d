import { defineRoute } from '@shouyin/contracts/route'
import * as v from 'valibot'
import { beforeEach, describe, expect, test } from 'vitest'
import { noOpenApi, testCtx } from '../../testing/context.ts'
import { createLogSink } from '../../testing/running.ts'
import { manualClock } from '../clock.ts'
import type { MerchantCtx, ServerCtx } from '../context.ts'
import { AppError } from '../errors.ts'
import { createLogger } from '../log.ts'
import { createMetrics } from '../metrics.ts'
import { createRouting, mountFallbacks, type Routing, type Verbs } from './routing.ts'
import { createHttp } from './server.ts'

const greet = defineRoute({
  method: 'GET',
  path: '/api/greetings/:name',
  summary: 'A greeting',
  public: true,
  input: v.strictObject({ name: v.string(), loud: v.optional(v.literal('yes')) }),
  output: v.object({ text: v.string(), inner: v.optional(v.object({ kept: v.number() })) }),
  errors: { NAME_TAKEN: 409, GREETER_AWAY: 503 },
})
const remember = defineRoute({
  method: 'POST',
  path: '/api/memories',
  summary: 'Remembers',
  idempotent: true,
  status: 201,
  input: v.strictObject({ what: v.string() }),
  output: v.object({ what: v.string(), by: v.string() }),
  errors: {},
})
const settle = defineRoute({
  method: 'POST',
  path: '/api/merchant/books/:id/settle',
  summary: 'Settles',
  scope: 'books:write',
  input: v.strictObject({ id: v.string() }),
  output: v.object({ by: v.string() }),
  errors: {},
})
const count = defineRoute({
  method: 'GET',
  path: '/api/merchant/books',
  summary: 'Counts',
  scope: 'books:read',
  input: v.strictObject({}),
  output: v.object({ by: v.string() }),
  errors: {},
})
const module = { greet, remember, notARoute: v.string(), names: ['a'] as const }
const opened = { greet }
const closed = { remember }
const shop = { count, settle }

let sink: ReturnType<typeof createLogSink>
let app: ReturnType<typeof createHttp>
let routing: Routing<ServerCtx>
beforeEach(() => {
  sink = createLogSink()
  // None of these routes touches the database.
  const ctx: ServerCtx = {
    ...testCtx({ db: undefined as never, clock: manualClock(), log: createLogger('info', sink.stream) }),
    metrics: createMetrics(),
    openApi: noOpenApi,
  }
  app = createHttp(ctx, { draining: false })
  routing = createRouting(app, ctx, {
    async shopper(authorization) {
      if (authorization !== 'Bearer good') throw new AppError('UNAUTHENTICATED', '请先登录')
      return { userId: 'u1', appid: 'wx1', openid: 'o1' }
    },
    async merchant(authorization) {
      if (authorization !== 'Bearer key') throw new AppError('UNAUTHENTICATED', 'no such merchant key')
      return { keyId: 'k1', person: 'somebody', scopes: ['orders:read', 'books:read'] }
    },
  })
})

const get = (path: string, init?: RequestInit) => app.request(path, init)
const errorOf = async (answer: Response) => ((await answer.json()) as { error: Record<string, unknown> }).error

describe('a verb', () => {
  test('gets path and query as one parsed input, and its answer is stripped to what is declared', async () => {
    const verbs = {
      greet: async (_: unknown, { name, loud }: { name: string; loud?: 'yes' | undefined }) => {
        const inner = { kept: 1, openid: 'oSecret' }
        return { text: `${name}${loud ?? ''}`, inner, token: 'tSecret' }
      },
    }
    routing.open(opened, verbs)
    const answer = await get('/api/greetings/%E5%BC%A0?loud=yes')
    expect(answer.status).toBe(200)
    expect(await answer.json()).toEqual({ text: '张yes', inner: { kept: 1 } })
  })

  test('knows who calls, with which key, and answers with the declared status', async () => {
    routing.shopper(closed, {
      remember: async ({ actor, idempotencyKey, operation }, { what }) => ({
        what: `${what} ${idempotencyKey} ${operation}`,
        by: actor.userId,
      }),
    })
    const init = {
      method: 'POST',
      headers: { Authorization: 'Bearer good', 'Content-Type': 'application/json', 'Idempotency-Key': 'k'.repeat(16) },
      body: '{"what":"milk"}',
    }
    const answer = await get('/api/memories', init)
    expect(answer.status).toBe(201)
    expect(await answer.json()).toEqual({ what: `milk ${'k'.repeat(16)} POST /api/memories`, by: 'u1' })
    expect((await get('/api/memories', { ...init, headers: {} })).status).toBe(401)
  })

  test('is asked after the session, before anything of the request is read', async () => {
    routing.shopper(closed, { remember: () => Promise.reject(new Error('not reached')) })
    const answer = await get('/api/memories', { method: 'POST', body: 'x'.repeat(100_000) })
    expect(answer.status).toBe(401)
    expect(answer.headers.get('WWW-Authenticate')).toBe('Bearer')
  })
})

describe('a verb of the merchant API', () => {
  const by = async ({ merchant }: MerchantCtx) => ({ by: `${merchant.person} ${merchant.keyId}` })
  const bearer = (key: string) => ({ headers: { Authorization: `Bearer ${key}` } })

  test('knows the person and the key', async () => {
    routing.merchant(shop, { count: by, settle: by })
    const answer = await get('/api/merchant/books', bearer('key'))
    expect([answer.status, await answer.json()]).toEqual([200, { by: 'somebody k1' }])
    expect(sink.lines()).toEqual([expect.objectContaining({ keyId: 'k1', operation: 'GET /api/merchant/books' })])
    expect(sink.text()).not.toContain('somebody')
  })

  test('is 401 without a key, and for a session', async () => {
    routing.merchant(shop, { count: by, settle: by })
    for (const init of [{}, bearer('good')]) expect((await get('/api/merchant/books', init)).status).toBe(401)
  })

  test('is 403 for a key without the scope, which is named, before anything of the request is read', async () => {
    routing.merchant(shop, { count: by, settle: by })
    const answer = await get('/api/merchant/books/1/settle', {
      ...bearer('key'),
      method: 'POST',
      body: 'x'.repeat(100_000),
    })
    expect(answer.status).toBe(403)
    expect(await errorOf(answer)).toMatchObject({ code: 'FORBIDDEN', message: expect.stringContaining('books:write') })
  })
})

describe('an error of a verb', () => {
  const failWith = (error: Error) => routing.open(opened, { greet: () => Promise.reject(error) })

  test('has the status that the route declares for its code', async () => {
    failWith(new AppError('NAME_TAKEN', 'taken', { field: 'name' }))
    const answer = await get('/api/greetings/a')
    expect(answer.status).toBe(409)
    expect(await errorOf(answer)).toMatchObject({ code: 'NAME_TAKEN', message: 'taken', field: 'name' })
  })

  test('says when to come again', async () => {
    failWith(new AppError('GREETER_AWAY', 'away', { retryAfterSeconds: 3 }))
    const answer = await get('/api/greetings/a')
    expect([answer.status, answer.headers.get('Retry-After')]).toEqual([503, '3'])
  })

  test.each([
    ['a code that the route does not declare', new AppError('ORDER_PAID', 'secret words')],
    ['a name of every object', new AppError('constructor', 'secret words')],
    ['a defect', new TypeError('secret words')],
  ])('that is %s is 500 without its words, and loud in the log', async (_, error) => {
    failWith(error)
    const answer = await get('/api/greetings/a')
    expect(answer.status).toBe(500)
    const { code, message, requestId } = await errorOf(answer)
    expect(code).toBe('INTERNAL_ERROR')
    expect(message).not.toContain('secret')
    const line = sink.lines().find((one) => 'level' in one && one.level === 'error')
    expect(line).toMatchObject({ requestId, operation: 'GET /api/greetings/:name' })
  })

  test('an answer that is not as declared is a defect, not an answer', async () => {
    routing.open(opened, { greet: async () => ({ text: 1 }) as never })
    expect((await get('/api/greetings/a')).status).toBe(500)
  })
})

describe('what does not fit is found before the first request', () => {
  test('a route that needs a session cannot be mounted as open, nor the other way round', () => {
    expect(() => routing.open(closed, { remember: async () => ({ what: '', by: '' }) })).toThrow(TypeError)
    expect(() => routing.shopper(opened, { greet: async () => ({ text: '' }) })).toThrow(TypeError)
  })

  test('a route with a scope is for merchants only, and nothing else is', () => {
    const verbs = { count: async () => ({ by: '' }), settle: async () => ({ by: '' }) }
    expect(() => routing.open(shop, verbs)).toThrow(TypeError)
    expect(() => routing.shopper(shop, verbs)).toThrow(TypeError)
    expect(() => routing.merchant(opened, { greet: async () => ({ text: '' }) })).toThrow(TypeError)
    expect(() => routing.merchant(closed, { remember: async () => ({ what: '', by: '' }) })).toThrow(TypeError)
  })

  test('a merchant route without a scope, or with one elsewhere, is not served at all', () => {
    const { scope: _, ...unscoped } = count
    const verbs = { count: async () => ({ by: '' }) }
    for (const access of ['open', 'shopper', 'merchant'] as const) {
      for (const route of [unscoped, { ...unscoped, public: true as const }, { ...count, public: true as const }]) {
        expect(() => routing[access]({ count: route }, verbs)).toThrow(/needs a scope exactly when/)
      }
      expect(() => routing[access]({ count: { ...count, path: '/api/books' } }, verbs)).toThrow(/needs a scope/)
    }
    expect(routing.routes).toEqual([])
  })

  test('a missing verb, a wrong answer and a verb that wants more than it gets do not compile', () => {
    const all = { greet: async () => ({ text: '' }), remember: async () => ({ what: '', by: '' }) }
    const complete: Verbs<typeof module, unknown> = all
    // @ts-expect-error remember is missing
    const missing: Verbs<typeof module, unknown> = { greet: all.greet }
    // @ts-expect-error the answer lacks `text`
    const wrong: Verbs<typeof opened, unknown> = { greet: async () => ({ txt: '' }) }
    const wantsMore = async (_: unknown, input: { openid: string }) => ({ text: input.openid })
    // @ts-expect-error nothing in the input is called so
    const greedy: Verbs<typeof opened, unknown> = { greet: wantsMore }
    expect([complete, missing, wrong, greedy]).toHaveLength(4)
  })
})

test('other methods are 405, other paths 404, HEAD is a GET without a body', async () => {
  routing.open(opened, { greet: async () => ({ text: 'hello' }) })
  mountFallbacks(app, testCtx({ db: undefined as never, clock: manualClock() }))
  const head = await get('/api/greetings/a', { method: 'HEAD' })
  expect([head.status, await head.text()]).toEqual([200, ''])
  expect((await get('/api/greetings/a', { method: 'DELETE' })).headers.get('Allow')).toBe('GET, HEAD')
  expect((await get('/api/greetings')).status).toBe(404)
})

test('the short id of a request is in its lines, together with the code of what went wrong', async () => {
  routing.open(opened, {
    async greet(_, { name }) {
      throw name === 'a' ? new AppError('NAME_TAKEN', 'taken') : new TypeError('a fault')
    },
  })
  const headers = { 'Request-Ref': '7K3M9QXT' }
  await get('/api/greetings/a', { headers })
  await get('/api/greetings/b', { headers })
  await get('/api/greetings/b/c', { headers })
  expect(sink.lines()).toMatchObject([
    { msg: 'request', ref: '7K3M9QXT', status: 409, code: 'NAME_TAKEN' },
    { msg: 'defect', ref: '7K3M9QXT' },
    { msg: 'request', ref: '7K3M9QXT', status: 500, code: 'INTERNAL_ERROR' },
    { msg: 'request', ref: '7K3M9QXT', status: 404 },
  ])
})

test.each(['7K3M9QX', '7k3m9qxt', '7K3M9QXO', '7K3M9QXT7K3M9QXT', 'oUpF8uMu', ''])(
  'a short id %j, which no mini-program of ours makes, stays out of the log',
  async (ref) => {
    routing.open(opened, { greet: async () => ({ text: 'hello' }) })
    expect((await get('/api/greetings/a', { headers: { 'Request-Ref': ref } })).status).toBe(200)
    expect(sink.lines()).toEqual([expect.not.objectContaining({ ref: expect.anything() })])
  },
)

test('every request is one line, with the template of its route and not its address', async () => {
  routing.open(opened, { greet: async () => ({ text: 'hello' }) })
  const answer = await get('/api/greetings/somebody?loud=yes')
  expect(sink.lines()).toEqual([
    expect.objectContaining({
      ...{ msg: 'request', operation: 'GET /api/greetings/:name', method: 'GET', status: 200 },
      requestId: answer.headers.get('Request-Id'),
    }),
  ])
  expect(sink.text()).not.toContain('somebody')
})
