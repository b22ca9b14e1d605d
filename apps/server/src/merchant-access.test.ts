import * as merchant from '@shouyin/contracts/merchant'
import { type Scope, scopes } from '@shouyin/contracts/merchant'
import type { Route } from '@shouyin/contracts/route'
import * as shopper from '@shouyin/contracts/shopper'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually, type Running, startRunning } from './testing/running.ts'

// Every route of the contracts, so that a new one is in the matrix on the day it is declared.
const routesOf = (modules: object): readonly Route[] =>
  Object.values(modules).flatMap((module: object) =>
    Object.values(module).filter((value): value is Route => 'method' in Object(value) && 'path' in Object(value)),
  )
const named = (routes: readonly Route[]) => routes.map((route) => [`${route.method} ${route.path}`, route] as const)
const merchantRoutes = named(routesOf(merchant))
const shopperRoutes = named(routesOf(shopper).filter((route) => !route.public))

let running: Running
let session: string
let revoked: string
let expired: string
const withScope = new Map<Scope, string>()
const withoutScope = new Map<Scope, string>()
beforeAll(async () => {
  running = await startRunning()
  session = await running.logIn()
  for (const scope of scopes) {
    withScope.set(scope, await running.merchantKey({ scopes: [scope] }))
    withoutScope.set(scope, await running.merchantKey({ scopes: scopes.filter((other) => other !== scope) }))
  }
  revoked = await running.merchantKey()
  await running.pool.query(`update merchant_key set revoked_at = created_at where id =
    (select id from merchant_key order by id desc limit 1)`)
  const expiresAt = new Date(Date.now() + 60_000)
  expired = await running.merchantKey({ expiresAt })
  await running.simulated.advance(120)
  const ended = async () => (await running.send('GET', '/api/merchant/audit', { token: expired })).status === 401
  await eventually('the server has the new time', ended)
})
afterAll(() => running?.close())

const call = (route: Route, token: string | undefined) =>
  running.send(route.method, route.path.replaceAll(/:\w+/g, crypto.randomUUID()), {
    ...(token !== undefined && { token }),
    ...(route.method === 'POST' && { body: {} }),
    ...(route.idempotent && { headers: { 'Idempotency-Key': crypto.randomUUID() } }),
  })
const refusal = async (route: Route, token: string | undefined) => {
  const { status, body } = await call(route, token)
  return { status, ...(body as { error?: { code: string; message: string } }).error }
}

test('the matrix saw the routes, and every scope is good for something', () => {
  expect(merchantRoutes.length).toBeGreaterThanOrEqual(16)
  expect(new Set(merchantRoutes.map(([, route]) => route.scope))).toEqual(new Set(scopes))
  expect(shopperRoutes.length).toBeGreaterThanOrEqual(9)
})

describe.each(merchantRoutes)('%s', (_, route) => {
  const scope = route.scope ?? 'orders:read'

  test.each<[string, () => string | undefined]>([
    ['nobody', () => undefined],
    ['a shopper', () => session],
    ['a revoked key', () => revoked],
    ['an expired key', () => expired],
    ['a key with a typo', () => `${withScope.get(scope)?.slice(0, -1)}g`],
    ['a key in capitals', () => withScope.get(scope)?.toUpperCase()],
  ])('is 401 for %s', async (_who, token) => {
    expect(await refusal(route, token())).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' })
  })

  test(`is 403 for a key that has every scope but ${scope}`, async () => {
    const { status, code, message } = await refusal(route, withoutScope.get(scope))
    expect([status, code]).toEqual([403, 'FORBIDDEN'])
    expect(message).toContain(scope)
  })

  test(`is open for a key with nothing but ${scope}`, async () => {
    const { status, code } = await refusal(route, withScope.get(scope))
    expect(status).toBeLessThan(500)
    expect([401, 403, 405]).not.toContain(status)
    expect(code).not.toBe('NOT_FOUND')
  })
})

test.each(shopperRoutes)('%s is 401 for a merchant key, whatever it may do', async (_, route) => {
  expect(await refusal(route, await running.merchantKey())).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' })
})

test('keys stand nowhere: not in the database, not in the log, not in an answer', async () => {
  const key = await running.merchantKey()
  const { text } = await running.send('GET', '/api/merchant/audit?limit=100', { token: key })
  const { rows } = await running.pool.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'pgboss')`,
  )
  expect(rows.length).toBeGreaterThan(15)
  const dump: string[] = []
  for (const { name } of rows) {
    const table = await running.pool.query<{ row: string }>(`select t::text as row from ${name} t`)
    dump.push(...table.rows.map(({ row }) => row))
  }
  expect(dump.join('\n')).toContain('key.create')
  expect(running.log.text()).toContain('GET /api/merchant/audit')
  for (const secret of [key, ...withScope.values(), revoked, expired]) {
    const random = secret.slice('sk_shouyin_'.length, -8)
    for (const place of [dump.join('\n'), running.log.text(), text]) expect(place).not.toContain(random)
  }
})

test('shown keys are counted by what was found', async () => {
  const { text } = await running.send('GET', '/metrics')
  for (const result of ['ok', 'missing', 'malformed', 'revoked', 'expired']) {
    expect(text).toMatch(new RegExp(`shouyin_merchant_authentications_total\\{result="${result}"\\} [1-9]`))
  }
})
