import { afterAll, beforeAll, expect, test } from 'vitest'
import { listAudit } from '../kernel/audit.ts'
import { systemClock } from '../kernel/clock.ts'
import type { Ctx, MerchantCtx, RequestInfo } from '../kernel/context.ts'
import { inTransaction } from '../kernel/db.ts'
import { newMerchant, testCtx } from '../testing/context.ts'
import { openTestDb, type TestDb } from '../testing/database.ts'
import { recordAnomaly } from './anomalies.ts'
import { listAnomalies } from './list-anomalies.ts'
import { resolveAnomaly } from './resolve-anomaly.ts'
import type { AnomalyKind } from './table.ts'

let testDb: TestDb
let ctx: Ctx
let zhang: MerchantCtx & RequestInfo
beforeAll(async () => {
  testDb = await openTestDb()
  ctx = testCtx({ db: testDb.db, clock: systemClock })
  zhang = await newMerchant(ctx, { person: 'zhang' })
})
afterAll(() => testDb?.close())

const happen = (kind: AnomalyKind, outTradeNo: string, detail: Record<string, unknown> = {}) =>
  inTransaction(ctx.db, (tx) => recordAnomaly(tx, { kind, mchid: '1900000001', outTradeNo, detail }, ctx.clock.now()))
const list = (filter: Partial<Parameters<typeof listAnomalies>[1]> = {}) =>
  listAnomalies(zhang, { limit: 20, after: undefined, state: undefined, kind: undefined, ...filter })
const find = async (outTradeNo: string) => {
  const found = (await list({ limit: 100 })).anomalies.find((one) => one.outTradeNo === outTradeNo)
  return found ?? expect.unreachable()
}

test('an anomaly is open until somebody says what it was, and then says who and why', async () => {
  await happen('paid_twice', 'ORDER-A', { amountFen: 5800 })
  const open = await find('ORDER-A')
  expect(open).toMatchObject({ state: 'open', times: 1, detail: { amountFen: 5800 }, note: null, resolvedBy: null })

  const resolved = await resolveAnomaly(zhang, { id: open.id, note: '已电话确认' })
  expect(resolved).toMatchObject({ id: open.id, state: 'resolved', note: '已电话确认', resolvedBy: 'zhang' })
  expect(await find('ORDER-A')).toEqual(resolved)
  const { entries } = await listAudit(zhang, { limit: 5, after: undefined, subject: open.id })
  expect(entries).toMatchObject([
    { action: 'anomaly.resolve', person: 'zhang', detail: { kind: 'paid_twice', outTradeNo: 'ORDER-A', times: 1 } },
  ])
})

test('the same again opens it again: nothing stays hidden behind an old explanation', async () => {
  await happen('refund_mismatch', 'ORDER-B', { amountFen: 1 })
  const { id } = await find('ORDER-B')
  await resolveAnomaly(zhang, { id, note: 'once' })
  await happen('refund_mismatch', 'ORDER-B', { amountFen: 2 })
  expect(await find('ORDER-B')).toMatchObject({
    ...{ id, state: 'open', times: 2, detail: { amountFen: 2 } },
    ...{ note: null, resolvedBy: null, resolvedAt: null },
  })
  expect(await resolveAnomaly(zhang, { id, note: 'twice' })).toMatchObject({ state: 'resolved', note: 'twice' })
})

test('what is resolved already, or was never there, is said so', async () => {
  await happen('foreign_refund', 'ORDER-C')
  const { id } = await find('ORDER-C')
  const answers = await Promise.allSettled([1, 2].map((n) => resolveAnomaly(zhang, { id, note: `person ${n}` })))
  expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  await expect(resolveAnomaly(zhang, { id, note: 'again' })).rejects.toMatchObject({ code: 'ANOMALY_RESOLVED' })
  for (const id of ['0', '999999', '1.5', 'x', '1'.repeat(40)]) {
    await expect(resolveAnomaly(zhang, { id, note: 'nothing' })).rejects.toMatchObject({ code: 'ANOMALY_NOT_FOUND' })
  }
})

test('a list is newest first, by state and kind, page by page', async () => {
  for (const number of [1, 2, 3]) await happen('unknown_refund', `ORDER-D${number}`)
  await resolveAnomaly(zhang, { id: (await find('ORDER-D2')).id, note: 'looked at' })
  const numbers = async (filter: Parameters<typeof list>[0]) =>
    (await list(filter)).anomalies.map(({ outTradeNo }) => outTradeNo)
  expect(await numbers({ kind: 'unknown_refund' })).toEqual(['ORDER-D3', 'ORDER-D2', 'ORDER-D1'])
  expect(await numbers({ kind: 'unknown_refund', state: 'open' })).toEqual(['ORDER-D3', 'ORDER-D1'])
  expect(await numbers({ kind: 'unknown_refund', state: 'resolved' })).toEqual(['ORDER-D2'])
  const first = await list({ kind: 'unknown_refund', limit: 2 })
  const second = await list({ kind: 'unknown_refund', limit: 2, after: first.next ?? undefined })
  expect([...first.anomalies, ...second.anomalies].length).toBe(3)
  expect(second).toMatchObject({ anomalies: [{ outTradeNo: 'ORDER-D1' }], next: null })
  await expect(list({ after: 'nonsense' })).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'after' })
})

test('the database keeps every anomaly, and an explanation is whole or not there', async () => {
  await happen('refund_closed', 'ORDER-E')
  const { id } = await find('ORDER-E')
  const one = ctx.db.updateTable('anomaly').where('id', '=', Number(id))
  await expect(one.set({ resolved_at: new Date() }).execute()).rejects.toMatchObject({
    constraint: 'anomaly_resolved_says_how',
  })
  await expect(one.set({ kind: 'paid_twice' }).execute()).rejects.toMatchObject({ code: 'ZP002' })
  await expect(ctx.db.deleteFrom('anomaly').execute()).rejects.toMatchObject({ code: 'ZP002' })
})
