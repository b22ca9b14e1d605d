import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type ManualClock, manualClock } from '../kernel/clock.ts'
import type { Ctx } from '../kernel/context.ts'
import { inTransaction } from '../kernel/db.ts'
import { renderGauges } from '../kernel/gauges.ts'
import { createMetrics } from '../kernel/metrics.ts'
import { noOpenApi, testCtx } from '../testing/context.ts'
import { insertOrder, openTestDb, type TestDb } from '../testing/database.ts'
import { insertDeduction } from '../testing/deductions.ts'
import { effects } from '../testing/effects.ts'
import { paymentOf } from '../testing/ledger.ts'
import { countProofs } from './count-proofs.ts'
import { proofGauges } from './gauge-proofs.ts'
import { openCharge } from './open.ts'
import { settle } from './settle.ts'
import type { Proof } from './table.ts'
import { watchCallbacks } from './watch-callbacks.ts'

let testDb: TestDb
let clock: ManualClock
let ctx: Ctx
let alarms: { kind: string; detail: Readonly<Record<string, unknown>> }[]
let start = Date.parse('2026-11-21T10:00:00Z')
beforeAll(async () => {
  testDb = await openTestDb()
})
afterAll(() => testDb?.close())
beforeEach(async () => {
  // A day of its own for each test: movements are evidence and cannot be deleted.
  start += 86_400_000
  clock = manualClock(new Date(start))
  alarms = []
  ctx = testCtx({ db: testDb.db, clock, alarm: (kind, detail) => alarms.push({ kind, detail }) })
  await sql`delete from alarm_turn`.execute(testDb.db)
})

/** Somebody paid, and this is how we learned of it. */
async function pay(proof: Proof): Promise<void> {
  const now = clock.now()
  const order = await insertOrder(testDb.db, { now })
  const { mchid, appid, openid, amount_fen: amountFen } = order
  await inTransaction(testDb.db, async (tx) => {
    const opening = {
      source: 'payments',
      purpose: 'order',
      subjectId: order.id,
      mchid,
      appid,
      openid,
      amountFen,
    } as const
    const wording = { description: order.description, expiresAt: order.expires_at }
    const { out_trade_no: outTradeNo } = await openCharge(tx, { ...opening, ...wording }, { now, nextQueryAt: now })
    const paid = { transactionId: randomUUID().slice(0, 32), currency: 'CNY', successTime: now, proof }
    const evidence = { mchid, outTradeNo, amountFen, appid, openid, ...paid }
    await settle(tx, { evidence, effects, now })
  })
  if (proof === 'notification') await receive()
}

const deductions = { payscore: 'payscore.userPaid', 'discount-card': 'discountCard.userPaid' } as const

/** WeChat Pay collected by itself, for a lesson or for a card. */
async function deduct(source: keyof typeof deductions, proof: Proof): Promise<void> {
  const now = clock.now()
  const charge = await insertDeduction(testDb.db, { source, now })
  const evidence = { ...paymentOf(charge, now), transactionId: randomUUID().slice(0, 32), proof }
  await inTransaction(testDb.db, (tx) => settle(tx, { evidence, effects, now }))
  if (proof === 'notification') await receive(deductions[source])
}

/** A notification came, whatever it changed. */
async function receive(kind = 'payments.transactionSuccess'): Promise<void> {
  const now = clock.now()
  await testDb.db
    .insertInto('notification_inbox')
    .values({
      mchid: '1900000001',
      notify_id: randomUUID(),
      kind,
      event_type: 'X',
      create_time: now.toISOString(),
      resource: '{}',
      body: Buffer.from('{}'),
      serial: 'PUB_KEY_ID_1',
      state: 'processed',
      next_attempt_at: null,
      received_at: now,
      finished_at: now,
    })
    .execute()
}

async function times(count: number, work: () => Promise<void>): Promise<void> {
  for (let i = 0; i < count; i++) await work()
}

describe('callbacks that do not arrive', () => {
  test('raise an alarm when most of ten payments had to be found', async () => {
    await times(4, () => pay('notification'))
    await times(3, () => pay('query'))
    await times(3, () => pay('bill'))
    expect(await watchCallbacks(ctx)).toBe(0)
    expect(alarms).toEqual([
      {
        kind: 'callbacks_missing',
        detail: {
          mchid: '1900000001',
          source: 'payments',
          count: 10,
          unnotified: 6,
          remedy: expect.stringContaining('doctor'),
        },
      },
    ])
  })

  test('raise none when it is half of them', async () => {
    await times(5, () => pay('notification'))
    await times(5, () => pay('query'))
    await watchCallbacks(ctx)
    expect(alarms).toEqual([])
  })

  test('raise none below ten payments', async () => {
    await times(9, () => pay('query'))
    await watchCallbacks(ctx)
    expect(alarms).toEqual([])
  })

  test('raise none when the query was only faster and the notifications came', async () => {
    await times(12, () => pay('query'))
    await times(7, receive)
    await watchCallbacks(ctx)
    expect(alarms).toEqual([])
  })

  test('raise one alarm an hour, from several processes, while it lasts', async () => {
    await times(10, () => pay('query'))
    await Promise.all([watchCallbacks(ctx), watchCallbacks(ctx), watchCallbacks(ctx)])
    clock.advance(1800)
    await times(10, () => pay('query'))
    await watchCallbacks(ctx)
    expect(alarms).toHaveLength(1)
    clock.advance(1800)
    await watchCallbacks(ctx)
    expect(alarms).toHaveLength(2)
    clock.advance(3600)
    await watchCallbacks(ctx)
    expect(alarms).toHaveLength(2)
  })

  test('count by when they were recorded, so what a bill finds the next day counts then', async () => {
    await times(10, () => pay('bill'))
    clock.advance(3600)
    await watchCallbacks(ctx)
    expect(alarms).toEqual([])
  })
})

test.each([
  ['payscore', 'discount-card'],
  ['discount-card', 'payscore'],
] as const)('deductions for a %s have notices of their own: other kinds say nothing of it', async (source, other) => {
  await times(10, () => deduct(source, 'query'))
  await times(10, () => pay('notification'))
  await times(10, () => deduct(other, 'notification'))
  await watchCallbacks(ctx)
  expect(alarms).toMatchObject([{ detail: { source, count: 10, unnotified: 10 } }])
  await times(30, () => deduct(source, 'notification'))
  clock.advance(3599)
  await watchCallbacks(ctx)
  expect(alarms).toHaveLength(1)
})

test('proofs are counted by merchant, source, kind and proof', async () => {
  await times(2, () => pay('query'))
  await pay('notification')
  const counts = await countProofs(testDb.db, new Date(start - 1))
  expect(counts.toSorted((a, b) => a.count - b.count)).toEqual([
    { mchid: '1900000001', source: 'payments', kind: 'payment', proof: 'notification', count: 1 },
    { mchid: '1900000001', source: 'payments', kind: 'payment', proof: 'query', count: 2 },
  ])
})

test('the gauges show the last hour', async () => {
  const serverCtx = { ...ctx, metrics: createMetrics(), openApi: noOpenApi }
  const shown = () => renderGauges(serverCtx, [proofGauges])
  await times(3, () => pay('query'))
  await pay('notification')
  const text = await shown()
  expect(text).toContain('shouyin_settled_last_hour{source="payments",kind="payment",proof="query"} 3')
  expect(text).toContain('shouyin_settled_last_hour{source="payments",kind="payment",proof="notification"} 1')
  expect(text).toContain('shouyin_payments_unnotified_last_hour{source="payments"} 3')
  clock.advance(3600)
  expect(await shown()).not.toContain('shouyin_settled_last_hour{')
})
