import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { goods, orders, refunds, reports, scrub, session } from './index.ts'

const report = {
  kind: 'failed-request',
  page: 'products/payments/pages/order/index',
  ref: '7K3M9QXT',
  operation: 'GET /api/orders/:id',
  code: 'TIMED_OUT',
  durationMs: 15_000,
  thrown: 'RequestFailed: request:fail timeout',
  stack: ['at send (app.js:1:20345)'],
} as const
const batch = (...list: object[]) => ({ appVersion: '1.2.0', baseLibrary: '3.8.12', reports: list })
const accepts = (input: unknown) => v.safeParse(reports.sendReports.input, input).success
const acceptsOne = (change: object) => accepts(batch({ ...report, ...change }))

describe('a report', () => {
  it('says what happened, where, and in which versions', () => {
    expect(v.parse(reports.sendReports.input, batch(report, { kind: 'error' }))).toEqual(
      batch(report, { kind: 'error' }),
    )
  })

  it.each([
    [{ openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o' }],
    [{ kind: 'pageview' }],
    [{ page: 'products/payments/pages/order/index?id=1' }],
    [{ page: 'order/SY20261121000001' }],
    [{ operation: 'GET /api/orders/SY20261121000001' }],
    [{ operation: 'GET /api/orders/:id?x=y' }],
    [{ operation: 'PATCH /api/orders' }],
    [{ ref: '7K3M9QX' }],
    [{ ref: '7K3M9QXO' }],
    [{ ref: '7k3m9qxt' }],
    [{ code: 'ORDER_PAID' }],
    [{ durationMs: -1 }],
    [{ durationMs: 60_001 }],
    [{ durationMs: 0.5 }],
    [{ thrown: 'x'.repeat(201) }],
    [{ stack: ['x'.repeat(161)] }],
    [{ stack: Array(6).fill('at x') }],
    [{ stack: 'at x' }],
  ])('has no room for %j', (change) => {
    expect(acceptsOne({})).toBe(true)
    expect(acceptsOne(change)).toBe(false)
  })

  it('comes alone or with up to nine others', () => {
    expect(accepts(batch(...Array(10).fill(report)))).toBe(true)
    expect(accepts(batch(...Array(11).fill(report)))).toBe(false)
    expect(accepts(batch())).toBe(false)
    expect(accepts({ ...batch(report), appVersion: 'a b' })).toBe(false)
    expect(accepts({ ...batch(report), userId: 'u' })).toBe(false)
  })

  it('has room for every route that the mini-program calls', () => {
    const routes = Object.values({ ...goods, ...orders, ...refunds, ...session }).filter(
      (one) => typeof one === 'object' && 'method' in one && 'path' in one,
    )
    expect(routes.length).toBeGreaterThan(10)
    for (const { method, path } of routes) expect(acceptsOne({ operation: `${method} ${path}` }), path).toBe(true)
  })

  it('reaches the server with scrubbed texts, whatever was sent', () => {
    const sent = batch({ kind: 'error', thrown: 'Error: 张三 13800138000', stack: ['at x (app.js?token=abc:1:2)'] })
    const [parsed] = v.parse(reports.sendReports.input, sent).reports
    expect(parsed).toMatchObject({ thrown: 'Error: ~ ~', stack: ['at x (app.js:1:2)'] })
  })
})

describe('of the text of an error', () => {
  it.each([
    'TypeError: undefined is not an object (evaluating a.b.c)',
    "TypeError: Cannot read properties of undefined (reading 'outTradeNo')",
    "ReferenceError: Can't find variable: orders",
    'at call (products/payments/pages/order/index.js:1:123456)',
    'send@https://usr/app-service.js:12:345',
    'RequestFailed: request:fail errcode:-118 net::ERR_CONNECTION_TIMED_OUT',
    'RequestFailed: GET /api/orders/:id answered 502 with a body that was not understood',
  ])('stays what tells where it is: %s', (text) => expect(scrub(text)).toBe(text))

  it.each([
    ['openid', 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o'],
    ['token', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJlc2ln'],
    ['idempotency key', 'QwErTyUiOpAsDfGhJkLzXcVbNm012345'],
    ['uuid', '8f7d1c52-0b1e-4f57-9a53-2f4cbb0d7a11'],
    ['order number', 'SY20261121000001'],
    ['phone', '13800138000'],
    ['phone behind a colon', 'phone:13800138000'],
    ['bank card', '6225888877776666'],
    ['tail of a card', '招商银行信用卡0403'],
    ['name', '王小明'],
    ['mail', 'zhang.san@example.com'],
    ['query', 'https://shop.example.com/x?name=zhangsan&id=7'],
    ['quoted input', '"openid":"oShort","name":"Zhang San"'],
    ['quoted input that was cut', '"Zhang Sa'],
    ['single quotes', "'Zhang San'"],
    ['lines', 'a\nb\u0007\u001b[31m'],
  ])('goes what may tell about a person: %s', (_, secret) => {
    const kept = scrub(`Error: before ${secret} after`)
    expect(kept).toMatch(/^Error: before /)
    for (const piece of secret.match(/[A-Za-z0-9_@.-]{4,}|[^\x20-\x7e]+/g) ?? [])
      if (!/^(phone|https|shop\.example\.com|openid)$/.test(piece)) expect(kept).not.toContain(piece)
  })

  it('nothing takes long, however it is made', () => {
    for (const text of [
      "'".repeat(5000),
      `'${' '.repeat(5000)}`,
      '"'.repeat(5001),
      'a@'.repeat(3000),
      '?'.repeat(5000),
    ])
      expect(scrub(text).length).toBeLessThanOrEqual(text.length * 2)
  })
})
