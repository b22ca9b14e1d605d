import * as merchant from '@shouyin/contracts/merchant'
import { defineRoute, type Route } from '@shouyin/contracts/route'
import * as shopper from '@shouyin/contracts/shopper'
import * as v from 'valibot'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrations } from './migrate.ts'
import { describeRoutes, type OpenApiDocument } from './openapi.ts'
import { type Running, startRunning } from './testing/running.ts'

let running: Running
let document: OpenApiDocument
beforeAll(async () => {
  running = await startRunning()
  document = JSON.parse((await running.send('GET', '/openapi.json')).text)
})
afterAll(() => running?.close())

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  )

test('every route of the contracts is described, and nothing else', () => {
  const declared = [shopper, merchant].flatMap((modules) =>
    Object.values(modules).flatMap((module: object) =>
      Object.values(module).filter((value): value is Route => 'method' in Object(value) && 'path' in Object(value)),
    ),
  )
  expect(declared.length).toBeGreaterThan(25)
  const names = declared.map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`)
  expect(operations().sort()).toEqual(names.sort())
})

test('what is described is served, and asks for a session exactly where it says so', async () => {
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const body = method === 'post' ? {} : undefined
      const answer = await running.send(method.toUpperCase(), path.replaceAll(/\{\w+\}/g, 'x'), { body })
      const { status } = answer
      expect(answer.text, `${method} ${path}`).not.toMatch(/"(NOT_FOUND|METHOD_NOT_ALLOWED)"/)
      expect(status === 401, `${method} ${path}`).toBe(operation.security !== undefined)
    }
  }
})

test('a merchant operation names the one scope that it needs, a shopper operation a session', () => {
  const of = (path: string, method: string) => document.paths[path]?.[method]
  expect(of('/api/orders', 'get')).toMatchObject({ security: [{ session: [] }] })
  expect(of('/api/goods', 'get')).not.toHaveProperty('security')
  expect(of('/api/merchant/audit', 'get')).toMatchObject({
    security: [{ merchantKey: ['audit:read'] }],
    responses: { 401: { description: 'UNAUTHENTICATED' }, 403: { description: 'FORBIDDEN' } },
  })
  expect(document.components).toMatchObject({
    securitySchemes: { session: { scheme: 'bearer' }, merchantKey: { scheme: 'bearer' } },
  })
  const security = Object.values(document.paths).flatMap((methods) => Object.values(methods).map((one) => one.security))
  expect(security.filter((one) => one !== undefined).every((one) => Array.isArray(one) && one.length === 1)).toBe(true)
})

test('an input that is one of several objects is described as such, without what the path says', () => {
  const variant = defineRoute({
    method: 'POST',
    path: '/api/merchant/things/:id',
    summary: 'Does something',
    scope: 'orders:read',
    input: v.variant('type', [
      v.strictObject({ id: v.string(), type: v.literal('A'), more: v.string() }),
      v.strictObject({ id: v.string(), type: v.literal('B') }),
    ]),
    output: v.object({}),
    errors: {},
  })
  const closed = { type: 'object', additionalProperties: false }
  expect(describeRoutes([variant]).paths['/api/merchant/things/{id}']?.post).toMatchObject({
    parameters: [{ name: 'id', in: 'path' }],
    requestBody: {
      content: {
        'application/json': {
          schema: {
            oneOf: [
              { ...closed, properties: { type: { const: 'A' }, more: { type: 'string' } }, required: ['type', 'more'] },
              { ...closed, properties: { type: { const: 'B' } }, required: ['type'] },
            ],
          },
        },
      },
    },
  })
})

test('an operation says what it takes and what it may answer', () => {
  const create = document.paths['/api/orders']?.post as Record<string, unknown>
  expect(create).toMatchObject({
    parameters: [{ name: 'Idempotency-Key', in: 'header', required: true }],
    requestBody: {
      content: { 'application/json': { schema: { required: ['items'], additionalProperties: false } } },
    },
  })
  expect(Object.keys(create.responses as object)).toEqual([
    '201',
    '400',
    '401',
    '404',
    '409',
    '413',
    '415',
    '429',
    '500',
    '503',
  ])
  expect(document.paths['/api/orders/{id}']?.get).toMatchObject({
    parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string', maxLength: 64 } }],
  })
})

test('no two operations have one id', () => {
  const ids = Object.values(document.paths).flatMap((methods) => Object.values(methods).map((one) => one.operationId))
  expect(new Set(ids).size).toBe(ids.length)
})

test('the reference page names every operation and fetches nothing', async () => {
  const { text, headers } = await running.send('GET', '/docs')
  expect(headers.get('Content-Type')).toMatch(/^text\/html/)
  for (const path of Object.keys(document.paths)) expect(text).toContain(path)
  expect(text).toContain('needs a merchant key with <code>audit:read</code>')
  expect(text).not.toMatch(/<script|<link|src=|url\(|https?:\/\//)
})

test('readiness names what is wrong', async () => {
  const { body } = await running.send('GET', '/readyz')
  expect(body).toEqual({ ready: true, checks: { database: 'ok', migrations: 'ok', clock: 'ok', lifecycle: 'ok' } })
  await running.pool.query('delete from migration where name = $1', [migrations.at(-1)?.name])
  const behind = await running.send('GET', '/readyz')
  expect(behind.status).toBe(503)
  expect(behind.body).toMatchObject({ ready: false, checks: { migrations: 'run: pnpm shouyin migrate' } })
})

test('metrics can be scraped', async () => {
  const { status, text } = await running.send('GET', '/metrics')
  expect(status).toBe(200)
  expect(text).toContain('shouyin_http_request_seconds_count')
})
