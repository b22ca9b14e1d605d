import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApp } from './app.ts'
import { systemClock } from './kernel/clock.ts'
import type { ServerCtx } from './kernel/context.ts'
import { createDb } from './kernel/db.ts'
import { createMetrics } from './kernel/metrics.ts'
import { noOpenApi, testCtx } from './testing/context.ts'
import { openTestDb, type TestDb } from './testing/database.ts'

let testDb: TestDb
beforeAll(async () => {
  testDb = await openTestDb()
})
afterAll(() => testDb?.close())

const ctxOf = (db: ServerCtx['db']): ServerCtx => ({
  ...testCtx({ db, clock: systemClock }),
  metrics: createMetrics(),
  openApi: noOpenApi,
})
async function ask(app: ReturnType<typeof createApp>, path: string) {
  const answer = await app.request(path)
  const body = (await answer.json()) as { checks?: Record<string, string>; error?: { code: string } }
  return { status: answer.status, ...body }
}

describe('a server that should get no requests is not ready, but alive', () => {
  test('because it is stopping', async () => {
    const lifecycle = { draining: false }
    const app = createApp(ctxOf(testDb.db), { lifecycle })
    expect(await ask(app, '/readyz')).toMatchObject({ status: 200, checks: { lifecycle: 'ok' } })
    lifecycle.draining = true
    expect(await ask(app, '/readyz')).toMatchObject({ status: 503, checks: { lifecycle: 'stopping' } })
    expect(await ask(app, '/livez')).toMatchObject({ status: 200 })
    expect((await app.request('/livez')).headers.get('Connection')).toBe('close')
  })

  test.each([
    [119_000, 200, 'ok'],
    [-119_000, 200, 'ok'],
    [121_000, 503, '121 s behind WeChat Pay'],
    [-121_000, 503, '121 s ahead of WeChat Pay'],
  ])('because its clock is off by %i ms', async (skewMs, status, clock) => {
    const app = createApp(ctxOf(testDb.db), { skewMs: () => skewMs })
    expect(await ask(app, '/readyz')).toMatchObject({ status, checks: { clock } })
  })

  test('because the database takes too long', async () => {
    const app = createApp(ctxOf(testDb.db))
    await testDb.db.transaction().execute(async (tx) => {
      await tx.schema.alterTable('migration').addColumn('locked', 'integer').execute()
      expect(await ask(app, '/readyz')).toMatchObject({ status: 503, checks: { database: 'does not answer' } })
      await tx.schema.alterTable('migration').dropColumn('locked').execute()
    })
    expect(await ask(app, '/readyz')).toMatchObject({ status: 200 })
  })
})

test('while the database is away, verbs are 503 with Retry-After and everything that needs none goes on', async () => {
  const away = createDb('postgres://nobody@127.0.0.1:9/none')
  const app = createApp(ctxOf(away))
  const goods = await app.request('/api/goods')
  expect([goods.status, goods.headers.get('Retry-After')]).toEqual([503, '1'])
  expect(await goods.json()).toMatchObject({ error: { code: 'UNAVAILABLE' } })
  expect(await ask(app, '/readyz')).toMatchObject({ status: 503, checks: { database: 'does not answer' } })
  for (const path of ['/livez', '/metrics', '/docs', '/openapi.json', '/images/goods/towel.png']) {
    expect((await app.request(path)).status, path).toBe(200)
  }
  await away.destroy()
})
