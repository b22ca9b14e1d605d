import { randomUUID } from 'node:crypto'
import { type CompiledQuery, Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Database } from './database.ts'
import { gauges } from './gauges.ts'
import { type ManualClock, manualClock } from './kernel/clock.ts'
import type { ServerCtx } from './kernel/context.ts'
import { inTransaction } from './kernel/db.ts'
import { type GaugeGroup, renderGauges } from './kernel/gauges.ts'
import { createMetrics } from './kernel/metrics.ts'
import { recordAnomaly } from './ledger/anomalies.ts'
import { applyRefund } from './ledger/apply-refund.ts'
import { decide, insertRequest } from './shop/refund-requests/repository.ts'
import { noOpenApi, testCtx } from './testing/context.ts'
import { insertOrder, openTestDb, type TestDb } from './testing/database.ts'
import { insertDeduction } from './testing/deductions.ts'
import { effects } from './testing/effects.ts'
import { evidenceOf, openLedger } from './testing/ledger.ts'

const START = new Date('2026-11-21T02:00:00Z')
const DAY_SECONDS = 86_400

let testDb: TestDb
let clock: ManualClock
let ctx: ServerCtx
beforeEach(async () => {
  testDb = await openTestDb()
  clock = manualClock(START)
  ctx = { ...testCtx({ db: testDb.db, clock }), metrics: createMetrics(), openApi: noOpenApi }
  return () => testDb.close()
})

/** The value behind that name and those labels; undefined: it is not shown. */
async function shown(name: string, of: ServerCtx = ctx): Promise<number | undefined> {
  const line = (await renderGauges(of, gauges)).split('\n').find((one) => one.startsWith(`${name} `))
  return line === undefined ? undefined : Number(line.split(' ').at(-1))
}

const store = (state: 'pending' | 'dead') =>
  testDb.db
    .insertInto('notification_inbox')
    .values({
      ...{ mchid: '1900000001', notify_id: randomUUID(), kind: 'x', event_type: 'X', create_time: '', serial: '' },
      ...{ resource: '{}', body: Buffer.of(), state, received_at: clock.now() },
      next_attempt_at: state === 'pending' ? new Date(clock.now().getTime() + 10_000) : null,
      finished_at: state === 'pending' ? null : clock.now(),
    })
    .execute()

describe('gauges', () => {
  test('of a quiet shop are 0, and what is not known is not there', async () => {
    expect(await shown('shouyin_inbox_rows{state="dead"}')).toBe(0)
    expect(await shown('shouyin_inbox_oldest_seconds')).toBe(0)
    expect(await shown('shouyin_charges_unconfirmed{source="payments"}')).toBe(0)
    expect(await shown('shouyin_refunds{state="abnormal"}')).toBe(0)
    expect(await shown('shouyin_unreconciled_fen')).toBe(0)
    expect(await shown('shouyin_sweep_lag_seconds{sweep="bills"}')).toBe(0)
    expect(await shown('shouyin_backup_age_seconds')).toBeUndefined()
    expect(await shown('shouyin_shipments_waiting')).toBeUndefined()
  })

  test('show for how long a notification has waited, and how far its sweep is behind', async () => {
    await store('pending')
    await store('dead')
    clock.advance(5)
    await store('pending')
    clock.advance(70)
    expect(await shown('shouyin_inbox_rows{state="pending"}')).toBe(2)
    expect(await shown('shouyin_inbox_rows{state="dead"}')).toBe(1)
    expect(await shown('shouyin_inbox_oldest_seconds')).toBe(75)
    expect(await shown('shouyin_sweep_lag_seconds{sweep="inbox"}')).toBe(65)
  })

  test('show charges for which WeChat Pay has not answered for ten minutes', async () => {
    const { id } = await openLedger(testDb, START).open()
    await testDb.db.updateTable('charge').set({ unconfirmed: true }).where('id', '=', id).execute()
    clock.advance(599)
    expect(await shown('shouyin_charges_unconfirmed{source="payments"}')).toBe(0)
    clock.advance(1)
    expect(await shown('shouyin_charges_unconfirmed{source="payments"}')).toBe(1)
    expect(await shown('shouyin_sweep_lag_seconds{sweep="payments"}')).toBe(600)
  })

  test('show for how long WeChat Pay has not been able to deduct a lesson', async () => {
    const oldest = (source: string) => shown(`shouyin_charge_oldest_seconds{source="${source}"}`)
    expect(await oldest('payscore')).toBe(0)
    await insertDeduction(testDb.db, { now: START })
    clock.advance(DAY_SECONDS)
    await insertDeduction(testDb.db, { now: clock.now() })
    expect([await oldest('payscore'), await oldest('payments')]).toEqual([DAY_SECONDS, 0])
    expect(await shown('shouyin_lessons{state="deducting"}')).toBe(2)
    expect(await shown('shouyin_sweep_lag_seconds{sweep="payscore"}')).toBe(DAY_SECONDS)
    expect(await shown('shouyin_sweep_lag_seconds{sweep="payments"}')).toBe(0)
  })

  test('show for how long WeChat Pay has not been able to collect for a card', async () => {
    await insertDeduction(testDb.db, { source: 'discount-card', now: START })
    clock.advance(DAY_SECONDS)
    expect(await shown('shouyin_charge_oldest_seconds{source="discount-card"}')).toBe(DAY_SECONDS)
    expect(await shown('shouyin_charge_oldest_seconds{source="payscore"}')).toBe(0)
  })

  test('show refunds by state and for how long the oldest has been in it', async () => {
    const ledger = openLedger(testDb, START)
    const charge = await ledger.paid()
    await ledger.reserved(charge.id, { state: 'proposed' })
    const sent = await ledger.reserved(charge.id)
    clock.advance(3600)
    const evidence = evidenceOf(charge, sent, 'PROCESSING')
    await inTransaction(testDb.db, (tx) => applyRefund(tx, { evidence, effects, now: clock.now() }))
    clock.advance(4 * DAY_SECONDS)
    expect(await shown('shouyin_refunds{state="proposed"}')).toBe(1)
    expect(await shown('shouyin_refunds{state="waiting"}')).toBe(0)
    expect(await shown('shouyin_refunds{state="processing"}')).toBe(1)
    expect(await shown('shouyin_refund_oldest_seconds{state="processing"}')).toBe(4 * DAY_SECONDS)
    expect(await shown('shouyin_refund_oldest_seconds{state="proposed"}')).toBe(4 * DAY_SECONDS + 3600)
    expect(await shown('shouyin_sweep_lag_seconds{sweep="refunds"}')).toBeGreaterThan(3 * DAY_SECONDS)
  })

  test('show for how long a shopper has waited for the word of the shop', async () => {
    expect(await shown('shouyin_refund_request_oldest_seconds')).toBe(0)
    const { id } = await insertOrder(testDb.db, { now: START, amountFen: 1000 })
    const wanted = { orderId: id, amountFen: 300, reason: '买错了' }
    const request = await inTransaction(testDb.db, (tx) => insertRequest(tx, wanted, START))
    clock.advance(DAY_SECONDS)
    expect(await shown('shouyin_refund_request_oldest_seconds')).toBe(DAY_SECONDS)
    const answer = { state: 'declined', note: '已经使用', by: 'Lin' } as const
    await inTransaction(testDb.db, (tx) => decide(tx, request, answer, clock.now()))
    expect(await shown('shouyin_refund_request_oldest_seconds')).toBe(0)
  })

  test('show anomalies until somebody closes them', async () => {
    for (const outTradeNo of ['ORDER-1', 'ORDER-2', 'ORDER-2']) {
      const anomaly = { kind: 'paid_twice', mchid: '1900000001', outTradeNo, detail: {} } as const
      await inTransaction(testDb.db, (tx) => recordAnomaly(tx, anomaly, clock.now()))
    }
    expect(await shown('shouyin_open_anomalies{kind="paid_twice"}')).toBe(2)
    const closed = { resolved_at: clock.now(), resolved_by: 'zhang', note: 'looked at' }
    await testDb.db.updateTable('anomaly').set(closed).execute()
    expect(await shown('shouyin_open_anomalies{kind="paid_twice"}')).toBeUndefined()
  })

  test('show bills that are not finished, late ones from 14:00 in Shanghai on, and the money in question', async () => {
    const day = { mchid: '1900000001', date: '2026-11-20', bill: 'trade', next_attempt_at: START } as const
    const { id } = await testDb.db.insertInto('bill_day').values(day).returning('id').executeTakeFirstOrThrow()
    clock.advance(2 * 3600)
    expect(await shown('shouyin_bills_unfinished')).toBe(1)
    expect(await shown('shouyin_bills_late')).toBe(0)
    expect(await shown('shouyin_sweep_lag_seconds{sweep="bills"}')).toBe(7200)
    clock.advance(2 * 3600)
    expect(await shown('shouyin_bills_late')).toBe(1)
    const difference = { bill_day_id: id, detail: '{}', created_at: clock.now() }
    for (const [reference, delta_fen] of [
      ['A', -700],
      ['B', 700],
    ] as const) {
      const values = { ...difference, kind: 'payment_missing_here', reference, delta_fen } as const
      await testDb.db.insertInto('difference').values(values).execute()
    }
    expect(await shown('shouyin_unreconciled_fen')).toBe(1400)
    expect(await shown('shouyin_open_differences')).toBe(2)
  })

  test('show fulfilled orders that WeChat has to hear of, where it has to', async () => {
    await openLedger(testDb, START).paid()
    clock.advance(100)
    expect(await shown('shouyin_shipments_waiting')).toBeUndefined()
    const shipping = { ...ctx, config: { ...ctx.config, shippingInfo: true } }
    expect(await shown('shouyin_shipments_waiting', shipping)).toBe(1)
    expect(await shown('shouyin_sweep_lag_seconds{sweep="shipping"}', shipping)).toBe(100)
  })

  test('show the age of the last backup', async () => {
    await testDb.db.insertInto('backup').values({ finished_at: START, folder: 'base/1' }).execute()
    clock.advance(DAY_SECONDS)
    expect(await shown('shouyin_backup_age_seconds')).toBe(DAY_SECONDS)
  })
})

test('a group that fails or hangs leaves out itself only', async () => {
  const group = (name: string, read: () => Promise<number>): GaugeGroup => ({
    gauges: { [name]: { help: name } },
    read: async () => ({ [name]: await read() }),
  })
  const text = await renderGauges(ctx, [
    group('one', async () => 1),
    group('two', () => Promise.reject(new Error('no'))),
    group('three', async () => 3),
    group('four', () => new Promise(() => undefined)),
    group('five', async () => 5),
  ])
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  expect(lines).toEqual(['one 1', 'three 3'])
})

test('no gauge reads a table from end to end that grows with the years', async () => {
  const grown =
    /Seq Scan on (charge|refund|movement|notification_inbox|anomaly|plan|sign_plan|lesson|bill_day|difference|shipment|card|card_record)\b/
  const pool = new pg.Pool({ connectionString: testDb.url, max: 1, options: '-c enable_seqscan=off' })
  const queries: CompiledQuery[] = []
  const log = ({ query }: { query: CompiledQuery }) => void queries.push(query)
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }), log })
  await renderGauges({ ...ctx, db, config: { ...ctx.config, shippingInfo: true } }, gauges)
  expect(queries.length).toBeGreaterThan(gauges.length)
  for (const query of queries) {
    const { rows } = await pool.query(`explain ${query.sql}`, [...query.parameters])
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
    expect(plan, query.sql).not.toMatch(grown)
  }
  await db.destroy()
})
