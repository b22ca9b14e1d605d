import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Running, startRunning } from '../testing/running.ts'
import { defaultRateLimits } from './http/rate-limit.ts'

let running: Running
beforeAll(async () => {
  running = await startRunning()
})
afterAll(() => running?.close())

const send = (reports: unknown, more: object = {}, headers: Record<string, string> = {}) =>
  running.send('POST', '/api/reports', {
    body: { appVersion: '1.2.0', baseLibrary: '3.8.12', reports, ...more },
    headers,
  })
const lines = () => running.log.lines().filter((line) => Reflect.get(line, 'msg') === 'reported by the mini-program')
const metrics = async () => (await running.send('GET', '/metrics')).text
const counted = async (labels: string) =>
  Number(new RegExp(`^shouyin_app_reports_total\\{${labels}\\} (\\d+)$`, 'm').exec(await metrics())?.[1] ?? 0)

describe('what a phone reports', () => {
  test('is one line each and a number, for anybody, without a login', async () => {
    const slow = { kind: 'slow-request', ref: '7K3M9QXT', operation: 'GET /api/orders/:id', durationMs: 4200 }
    const broken = {
      kind: 'error',
      page: 'shop/pages/cart/index',
      thrown: 'TypeError: x',
      stack: ['at a (app.js:1:2)'],
    }
    const answer = await send([slow, broken, { kind: 'failed-request', code: 'TIMED_OUT' }])
    expect([answer.status, answer.body]).toEqual([200, {}])
    expect(lines()).toMatchObject([
      { level: 'warn', ...slow, appVersion: '1.2.0', baseLibrary: '3.8.12' },
      { level: 'warn', ...broken },
      { level: 'warn', kind: 'failed-request', code: 'TIMED_OUT' },
    ])
    expect(await counted('kind="slow-request",code=""')).toBe(1)
    expect(await counted('kind="failed-request",code="TIMED_OUT"')).toBe(1)
    expect(await metrics()).toMatch(/^shouyin_app_slow_request_seconds_sum 4\.2$/m)
  })

  test('is found by the short id of the request that it is about', async () => {
    await running.send('GET', '/api/goods/none', { headers: { 'Request-Ref': 'ABCD2345' } })
    await send([{ kind: 'failed-request', ref: 'ABCD2345', code: 'ANSWER_UNREADABLE' }])
    expect(running.log.lines().filter((line) => Reflect.get(line, 'ref') === 'ABCD2345')).toMatchObject([
      { msg: 'request', operation: 'GET /api/goods/:id', status: 404, code: 'GOODS_NOT_FOUND' },
      { msg: 'reported by the mini-program', code: 'ANSWER_UNREADABLE' },
    ])
  })
})

test('what somebody else than our mini-program writes into a report is refused, or gets no further than its form', async () => {
  const canaries = [
    ...['oUpF8uMuAJO_M2pxb1Q9zNjWeS6o', 'SY20261121000001', '13800138000', '6225888877776666', '王小明'],
    ...['zhang.san@example.com', 'Bearer q7Yb2nKx4Vt9Wm3Zp6Rs8Uc1Df5Gh0Jk'],
  ]
  const before = lines().length
  for (const canary of canaries) {
    for (const field of ['page', 'ref', 'operation', 'code', 'kind', 'openid', 'userId', 'msg', 'level', '__proto__']) {
      const report = Object.defineProperty({ kind: 'error' }, field, { value: canary, enumerable: true })
      expect((await send([report])).status, `${field} ${canary}`).toBe(400)
    }
    for (const version of ['appVersion', 'baseLibrary', 'openid'])
      expect((await send([{ kind: 'error' }], { [version]: `${canary} ${canary}` })).status).toBe(400)
    await send([{ kind: 'error', thrown: `Error: ${canary}`, stack: [`at a (${canary}.js:1:2)`, canary] }])
    await send([{ kind: 'rejection', thrown: `x "${canary}"`, stack: [`at a (app.js?q=${canary}:1:2)`] }])
  }
  expect(lines()).toHaveLength(before + 2 * canaries.length)
  for (const canary of canaries) expect(running.log.text()).not.toContain(canary.replace('Bearer ', ''))
})

test.each<[what: string, reports: unknown, field: string | undefined]>([
  ['none', [], 'reports'],
  ['eleven', Array(11).fill({ kind: 'error' }), 'reports'],
  ['no list', { length: 1 }, 'reports'],
  ['a long message', [{ kind: 'error', thrown: 'x'.repeat(201) }], 'reports.0.thrown'],
  ['a long stack', [{ kind: 'error', stack: Array(6).fill('at x') }], 'reports.0.stack'],
  ['a NUL', [{ kind: 'error', thrown: 'a\0b' }], 'reports.0.thrown'],
  ['an endless time', [{ kind: 'slow-request', durationMs: 1e300 }], 'reports.0.durationMs'],
])('reports that are %s are 400 and leave no line', async (_, reports, field) => {
  const before = lines().length
  expect(await send(reports)).toMatchObject({ status: 400, body: { error: { code: 'INVALID_INPUT', field } } })
  expect(lines()).toHaveLength(before)
})

test('a report cannot begin a line of its own', async () => {
  const before = running.log.lines().length
  await send([{ kind: 'error', thrown: 'x\n{"level":"error","msg":"forged"}', stack: ['\u001b[2J\r\n'] }])
  expect(running.log.lines()).toHaveLength(before + 2)
  expect(running.log.text()).not.toMatch(/u001b|forged/)
})

describe('reports are limited', () => {
  let limited: Running
  beforeAll(async () => {
    limited = await startRunning({
      rateLimits: { ...defaultRateLimits, reportsPerAddressPerMinute: 2, reportsPerMinute: 5 },
    })
  })
  afterAll(() => limited?.close())

  const from = async (address: string | undefined, path = '/api/reports') => {
    const body = { appVersion: '1', baseLibrary: '1', reports: [{ kind: 'error' }] }
    const headers = address === undefined ? {} : { 'X-Forwarded-For': address }
    const sending = path === '/api/reports' ? { body, headers } : { headers }
    return (await limited.send(path === '/api/reports' ? 'POST' : 'GET', path, sending)).status
  }

  test('of one address, and of all together, at nobody’s cost but their own', async () => {
    const statuses = []
    for (const address of ['203.0.113.1', '203.0.113.1', '203.0.113.1', '203.0.113.2', '203.0.113.2', undefined])
      statuses.push(await from(address))
    expect(statuses).toEqual([200, 200, 429, 200, 200, 200])
    expect([await from('203.0.113.3'), await from(undefined)]).toEqual([429, 429])
    expect([await from('203.0.113.1', '/api/goods'), await from(undefined, '/api/goods')]).toEqual([200, 200])
  })
})
