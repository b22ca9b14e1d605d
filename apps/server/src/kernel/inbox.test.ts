import { randomUUID } from 'node:crypto'
import { createTestDatabase, type TestDatabase } from '@shouyin/dev-postgres'
import { createOpenApi } from '@shouyin/wechatpay-core/open-api'
import { makeParties, paidTransaction, sealed, signed } from '@shouyin/wechatpay-core/testing'
import { type Kysely, sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createApp } from '../app.ts'
import type { Database } from '../database.ts'
import { migrate } from '../migrate.ts'
import { testCtx } from '../testing/context.ts'
import { discount, effects } from '../testing/effects.ts'
import { createLogSink } from '../testing/running.ts'
import { manualClock } from './clock.ts'
import type { ServerCtx } from './context.ts'
import { createDb } from './db.ts'
import { deleteOldNotifications, type Handlers, processInbox } from './inbox.ts'
import { createLogger } from './log.ts'
import { createMetrics } from './metrics.ts'
import { createMerchants } from './wechat.ts'

const parties = makeParties()
const { mchid } = parties.options
const clock = manualClock(new Date('2026-11-21T02:00:00Z'))
const sink = createLogSink()
const log = createLogger('info', sink.stream)
const metrics = createMetrics()
const merchants = createMerchants([parties.options], { log, metrics })
const alarms: string[] = []
let wakes = 0
let database: TestDatabase
let db: Kysely<Database>
let pool: pg.Pool
let ctx: ServerCtx
let app: ReturnType<typeof createApp>

beforeAll(async () => {
  database = await createTestDatabase({ template: { name: 'server', migrate } })
  db = createDb(database.url)
  pool = new pg.Pool({ connectionString: database.url, max: 2 })
  ctx = {
    ...{ db, clock, log, metrics, wechat: merchants.wechat },
    openApi: createOpenApi({ appid: 'wx0000000000000001', appSecret: 'unused', baseUrl: 'http://127.0.0.1:9' }),
    effects,
    discount,
    config: { ...testCtx({ db, clock }).config, mchid },
    alarm: (kind) => alarms.push(kind),
    wake: () => wakes++,
  }
  app = createApp(ctx)
})
afterAll(async () => {
  merchants.close()
  await pool?.end()
  await db?.destroy()
  await database?.drop()
})
beforeEach(async () => {
  await db.deleteFrom('notification_inbox').execute()
  alarms.length = 0
  wakes = 0
})

const path = `/wechatpay/notifications/${mchid}/payments`
const notification = (eventType?: string, plaintext: unknown = paidTransaction) => {
  const envelope = JSON.parse(Buffer.from(sealed(parties, plaintext, eventType)).toString())
  return Buffer.from(JSON.stringify({ ...envelope, id: `EV-${randomUUID()}` }))
}
async function deliver(body: Buffer, headers?: Record<string, string>, to = path) {
  const signature = headers ?? { ...(await signed(parties, body)) }
  return app.request(to, { method: 'POST', body: Uint8Array.from(body), headers: signature })
}
const rows = () => db.selectFrom('notification_inbox').selectAll().execute()

describe('a notification of WeChat Pay', () => {
  test('is stored with what was received, answered 204, and then processed', async () => {
    const body = notification()
    const answer = await deliver(body)
    expect({ status: answer.status, text: await answer.text(), wakes }).toEqual({ status: 204, text: '', wakes: 1 })
    const [row] = await rows()
    expect(row).toMatchObject({ mchid, kind: 'payments.transactionSuccess', state: 'pending', attempts: 0 })
    expect(row?.body.equals(body)).toBe(true)
    expect(row?.serial).toBe(parties.publicKeyId)
    expect(row?.resource).toMatchObject({ out_trade_no: paidTransaction.out_trade_no })
  })

  test('is one row, however many copies arrive at once', async () => {
    const body = notification()
    const answers = await Promise.all(Array.from({ length: 50 }, () => deliver(body)))
    expect(new Set(answers.map((one) => one.status))).toEqual(new Set([204]))
    expect(await rows()).toHaveLength(1)
  })

  test('of an unknown type is stored, answered 204 and does nothing, also when it comes often', async () => {
    const bodies = [notification('COUPON.USE', { a: 'with a \0' }), notification('COUPON.USE', ['no object'])]
    for (const body of [...bodies, ...bodies]) expect((await deliver(body)).status).toBe(204)
    expect((await rows()).map((row) => row.state)).toEqual(['ignored', 'ignored'])
    expect(
      await processInbox(
        ctx,
        handling(async () => 'processed'),
      ),
    ).toBe(0)
    expect(alarms).toEqual([])
  })

  test('of a known type with a member that is not as declared is stored, and somebody is told', async () => {
    const body = notification(undefined, { ...paidTransaction, transaction_id: 7 })
    expect((await deliver(body)).status).toBe(204)
    expect((await rows()).map((row) => row.state)).toEqual(['ignored'])
    expect(alarms).toEqual(['notification_not_as_declared'])
    expect(sink.text()).not.toContain(paidTransaction.payer.openid)
  })

  test('is answered 503 in time when it cannot be stored, and 204 when it comes again', async () => {
    const body = notification()
    const client = await pool.connect()
    await client.query('begin')
    await client.query('lock table notification_inbox in access exclusive mode')
    const answer = await deliver(body)
    expect(answer.status).toBe(503)
    expect(answer.headers.get('Retry-After')).not.toBeNull()
    await client.query('rollback')
    client.release()
    expect(wakes).toBe(0)
    expect((await deliver(body)).status).toBe(204)
    expect(await rows()).toHaveLength(1)
  })
})

describe('what WeChat Pay did not sign for this merchant is 401 and leaves no trace', () => {
  const forged: readonly [string, (body: Buffer) => Promise<Record<string, string>>][] = [
    ['no headers', async () => ({})],
    ['another key', async (body) => ({ ...(await signed(parties, body, { key: makeParties().platformKey })) })],
    ['another body', async () => ({ ...(await signed(parties, '{}')) })],
    ['an unknown serial', async (body) => ({ ...(await signed(parties, body, { serial: '5F'.repeat(20) })) })],
    ['301 s old', async (body) => ({ ...(await signed(parties, body, { at: new Date(Date.now() - 301_000) })) })],
    ['301 s ahead', async (body) => ({ ...(await signed(parties, body, { at: new Date(Date.now() + 302_000) })) })],
  ]
  test.each(forged)('%s', async (_, sign) => {
    const body = notification()
    const answer = await deliver(body, await sign(body))
    expect(answer.status).toBe(401)
    expect(await answer.json()).toMatchObject({ error: { code: 'UNAUTHENTICATED' } })
    expect(await rows()).toEqual([])
    expect(alarms).toEqual([])
  })

  test('another merchant', async () => {
    expect((await deliver(notification(), undefined, '/wechatpay/notifications/1900000099/payments')).status).toBe(401)
    expect(await rows()).toEqual([])
  })

  test('a probe, which is counted apart', async () => {
    const body = notification()
    const headers = { ...(await signed(parties, body)), 'Wechatpay-Signature': 'WECHATPAY/SIGNTEST/x' }
    expect((await deliver(body, headers)).status).toBe(401)
    const { values } = await metrics.notifications.get()
    expect(values.find((one) => one.labels.result === 'PROBE')?.value).toBe(1)
    expect(alarms).toEqual([])
  })

  test('what is signed but sealed with another APIv3 key, and somebody is told', async () => {
    const other = makeParties()
    const body = Buffer.from(sealed(other, paidTransaction))
    expect((await deliver(body)).status).toBe(401)
    expect(alarms).toEqual(['notification_does_not_open'])
  })

  test('more than 64 KB is 413, before any signature is looked at', async () => {
    expect((await deliver(Buffer.alloc(65 * 1024), {})).status).toBe(413)
  })
})

describe('processing', () => {
  test('happens once, however many processes sweep at the same moment', async () => {
    for (let i = 0; i < 5; i++) await deliver(notification())
    const seen: string[] = []
    const handlers = handling(async (id) => {
      seen.push(id)
      return 'processed'
    })
    await Promise.all(Array.from({ length: 8 }, () => processInbox(ctx, handlers)))
    expect(new Set(seen).size).toBe(5)
    expect(seen).toHaveLength(5)
    expect((await rows()).map((row) => row.state)).toEqual(Array(5).fill('processed'))
  })

  test('that failed is tried again later, and after 12 times a person is told', async () => {
    await deliver(notification())
    let tries = 0
    const handlers = handling(async () => {
      tries++
      throw new Error('not today')
    })
    expect(await processInbox(ctx, handlers)).toBe(1)
    expect(await processInbox(ctx, handlers)).toBe(0)
    for (let i = 0; i < 20; i++) {
      clock.advance(3600)
      await processInbox(ctx, handlers)
    }
    expect(tries).toBe(12)
    expect(await rows()).toMatchObject([{ state: 'dead', attempts: 12 }])
    expect(alarms).toEqual(['notification_dead'])
  })

  test('is never given up because the database was busy, however often', async () => {
    await deliver(notification())
    let tries = 0
    const handlers = handling(async () => {
      if (++tries > 15) return 'processed'
      await sql`do $$ begin raise exception 'deadlock' using errcode = '40P01'; end $$`.execute(db)
      return 'dead'
    })
    for (let i = 0; i < 16; i++) {
      await processInbox(ctx, handlers)
      clock.advance(3600)
    }
    expect(await rows()).toMatchObject([{ state: 'processed', attempts: 16 }])
    expect(alarms).toEqual([])
  })

  test('that was broken off by a crash is taken up by whoever comes next', async () => {
    await deliver(notification())
    const { promise: never } = Promise.withResolvers<'processed'>()
    void processInbox(
      ctx,
      handling(() => never),
    )
    let seen = 0
    const handlers = handling(async () => {
      seen++
      return 'processed'
    })
    while ((await rows())[0]?.attempts === 0) await new Promise(setImmediate)
    expect(await processInbox(ctx, handlers)).toBe(0)
    clock.advance(11)
    expect(await processInbox(ctx, handlers)).toBe(1)
    expect(seen).toBe(1)
  })

  test('rows are kept for 90 days, those that a person has to look at for ever', async () => {
    await deliver(notification())
    await processInbox(
      ctx,
      handling(async () => 'processed'),
    )
    await deliver(notification())
    await processInbox(
      ctx,
      handling(async () => 'dead'),
    )
    clock.advance(89 * 86_400)
    expect(await deleteOldNotifications(ctx)).toBe(0)
    clock.advance(86_401)
    expect(await deleteOldNotifications(ctx)).toBe(1)
    expect((await rows()).map((row) => row.state)).toEqual(['dead'])
  })
})

const handling = (run: (id: string) => Promise<'processed' | 'dead'>): Handlers => ({
  'payments.transactionSuccess': (_, { id }) => run(id),
  'refunds.success': () => expect.unreachable(),
  'refunds.abnormal': () => expect.unreachable(),
  'refunds.closed': () => expect.unreachable(),
  'payscore.userSignPlan': () => expect.unreachable(),
  'payscore.userCancelSignPlan': () => expect.unreachable(),
  'payscore.userPaid': () => expect.unreachable(),
  'payscore.userConfirm': () => expect.unreachable(),
  'payscore.userOpenService': () => expect.unreachable(),
  'payscore.userCloseService': () => expect.unreachable(),
  'discountCard.userAccepted': () => expect.unreachable(),
  'discountCard.agreementEnded': () => expect.unreachable(),
  'discountCard.userPaid': () => expect.unreachable(),
})
