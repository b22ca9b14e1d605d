import type { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApp } from './app.ts'
import { systemClock } from './kernel/clock.ts'
import type { ServerCtx } from './kernel/context.ts'
import { createDb } from './kernel/db.ts'
import type { HttpEnv } from './kernel/http/server.ts'
import { createMetrics } from './kernel/metrics.ts'
import { noOpenApi, testCtx } from './testing/context.ts'
import { openTestDb, type TestDb } from './testing/database.ts'

const TOKEN = 'f'.repeat(64)

let testDb: TestDb
let ctx: ServerCtx
beforeAll(async () => {
  testDb = await openTestDb()
  ctx = { ...testCtx({ db: testDb.db, clock: systemClock }), metrics: createMetrics(), openApi: noOpenApi }
})
afterAll(() => testDb?.close())

const ask = (app: Hono<HttpEnv>, remoteAddress: string, headers: Record<string, string> = {}) =>
  app.request('/metrics', { headers }, { incoming: { socket: { remoteAddress } } })

describe('who may read the metrics', () => {
  test('this machine, with and without a token', async () => {
    for (const app of [createApp(ctx), createApp(ctx, { metricsToken: TOKEN })]) {
      expect((await ask(app, '127.0.0.1')).status).toBe(200)
    }
  })

  test.each([
    ['somebody from outside', '203.0.113.9', {}],
    ['somebody behind the proxy on this machine', '127.0.0.1', { 'X-Forwarded-For': '203.0.113.9' }],
    ['somebody who claims to be this machine', '127.0.0.1', { 'X-Forwarded-For': '127.0.0.1' }],
    ['somebody with a guess', '203.0.113.9', { Authorization: `Bearer ${TOKEN.slice(1)}` }],
  ])('not %s', async (_, peer, headers) => {
    for (const metricsToken of [undefined, TOKEN]) {
      const answer = await ask(createApp(ctx, { metricsToken }), peer, headers)
      const body = await answer.text()
      expect(answer.status).toBe(403)
      expect(body).toContain('METRICS_TOKEN_FILE')
      expect(body).not.toContain('shouyin_')
    }
  })

  test('whoever has the token', async () => {
    const answer = await ask(createApp(ctx, { metricsToken: TOKEN }), '10.0.0.9', { Authorization: `Bearer ${TOKEN}` })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('Content-Type')).toMatch(/^text\/plain/)
  })
})

test('while the database is away the other metrics are told in time, and what it would say is left out, not 0', async () => {
  const away = createDb('postgres://nobody@127.0.0.1:9/none')
  const text = await (await ask(createApp({ ...ctx, db: away }), '127.0.0.1')).text()
  await away.destroy()
  expect(text).toContain('shouyin_http_request_seconds')
  expect(text).not.toMatch(/^shouyin_(unreconciled_fen|charges_unconfirmed|inbox_rows)/m)
})

test('no metric is there twice', async () => {
  const text = await (await ask(createApp(ctx), '127.0.0.1')).text()
  const names = [...text.matchAll(/^# TYPE (\S+)/gm)].map((match) => match[1])
  expect(names.length).toBeGreaterThan(30)
  expect(new Set(names).size).toBe(names.length)
})
