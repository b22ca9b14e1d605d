import { randomUUID } from 'node:crypto'
import type { Insertable } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestDb, refusal, type TestDb } from '../../../testing/database.ts'
import type { PlanLessonTable, PlanTable, SignPlanTable } from '../table.ts'

const now = new Date('2026-11-21T10:00:00Z')

describe.each([18, 15] as const)('PostgreSQL %i refuses', (version) => {
  let testDb: TestDb
  beforeAll(async () => {
    testDb = await openTestDb(version)
  }, 120_000)
  afterAll(() => testDb?.close())

  const number = () => randomUUID().replaceAll('-', '')

  async function plan(change: Partial<Insertable<PlanTable>> = {}): Promise<string> {
    const id = randomUUID()
    await testDb.db
      .insertInto('plan')
      .values({
        ...{ id, mchid: '1900000001', appid: 'wx0000000000000001', service_id: '500001', merchant_plan_no: number() },
        ...{ name: '羽毛球课', duration_days: 30, created_at: now, request: '{}', state: 'on_sale', plan_id: number() },
        ...change,
      })
      .execute()
    return id
  }
  const lesson = (planId: string, change: Partial<Insertable<PlanLessonTable>> = {}) =>
    testDb.db
      .insertInto('plan_lesson')
      .values({
        plan_id: planId,
        number: 1,
        name: '一节',
        original_fen: 200,
        price_fen: 100,
        discount: null,
        ...change,
      })
      .execute()
  async function signPlan(change: Partial<Insertable<SignPlanTable>> = {}): Promise<string> {
    const id = randomUUID()
    await testDb.db
      .insertInto('sign_plan')
      .values({
        ...{
          id,
          plan_id: change.plan_id ?? (await plan()),
          user_id: randomUUID(),
          mchid: '1900000001',
          openid: 'oSigner',
        },
        ...{ appid: 'wx0000000000000001', service_id: '500001', merchant_sign_plan_no: number(), created_at: now },
        ...{ request: '{}', state: 'unsigned', sign_plan_id: number(), next_query_at: now },
        ...change,
      })
      .execute()
    return id
  }
  const signed = { state: 'signed', signed_at: now, over_at: now } as const

  test('a plan whose state and members do not fit', async () => {
    for (const [change, constraint] of [
      [{ plan_id: null }, 'plan_known_has_a_number'],
      [{ state: 'stopped' }, 'plan_stopped_has_a_time'],
      [{ stopped_at: now }, 'plan_stopped_has_a_time'],
      [{ state: 'stopping' }, 'plan_under_way_is_queried'],
      [{ next_query_at: now }, 'plan_under_way_is_queried'],
      [{ name: '' }, 'plan_name_check'],
      [{ name: '一'.repeat(21) }, 'plan_name_check'],
      [{ duration_days: 0 }, 'plan_duration_days_check'],
      [{ merchant_plan_no: 'a b' }, 'plan_merchant_plan_no_check'],
    ] as const)
      await expect(plan(change)).rejects.toEqual(refusal('23514', constraint))
  })

  test('two plans of one number', async () => {
    const [merchant_plan_no, plan_id] = [number(), number()]
    await plan({ merchant_plan_no, plan_id })
    await expect(plan({ merchant_plan_no })).rejects.toEqual(refusal('23505'))
    await expect(plan({ plan_id })).rejects.toEqual(refusal('23505'))
  })

  test('what is promised to change, or to go', async () => {
    const id = await plan()
    await lesson(id)
    const { db } = testDb
    for (const change of [{ name: '另一个' }, { duration_days: 31 }, { request: '[]' }, { service_id: '2' }])
      await expect(db.updateTable('plan').set(change).where('id', '=', id).execute()).rejects.toEqual(refusal('ZP002'))
    const prices = db.updateTable('plan_lesson').set({ price_fen: 1 }).where('plan_id', '=', id)
    await expect(prices.execute()).rejects.toEqual(refusal('ZP002'))
    await expect(db.deleteFrom('plan_lesson').execute()).rejects.toEqual(refusal('ZP002'))
    await expect(db.deleteFrom('plan').where('id', '=', id).execute()).rejects.toEqual(refusal('ZP002'))
    const back = db.updateTable('plan').set({ state: 'creating', next_query_at: now }).where('id', '=', id)
    await expect(back.execute()).rejects.toEqual(refusal('ZP001'))
  })

  test('a lesson that is dearer than it was, or than the one before; a gap in their numbers', async () => {
    const id = await plan()
    await expect(lesson(id, { price_fen: 201 })).rejects.toEqual(refusal('23514', 'plan_lesson_is_no_dearer'))
    await expect(lesson(id, { number: 2 })).rejects.toEqual(refusal('ZP003'))
    await lesson(id)
    await expect(lesson(id, { number: 2, price_fen: 101 })).rejects.toEqual(refusal('ZP003'))
    await expect(lesson(id, { number: 3 })).rejects.toEqual(refusal('ZP003'))
    await lesson(id, { number: 2, price_fen: 100 })
    await lesson(id, { number: 3, price_fen: 0 })
  })

  test('a sign plan whose state and members do not fit', async () => {
    for (const [change, constraint] of [
      [{ sign_plan_id: null }, 'sign_plan_known_has_a_number'],
      [{ package: 'x' }, 'sign_plan_package_ends'],
      [{ ...signed, signed_at: null }, 'sign_plan_signed_has_times'],
      [{ ...signed, over_at: null }, 'sign_plan_signed_has_times'],
      [{ state: 'cancelled', next_query_at: null }, 'sign_plan_cancelled_has_a_time'],
      [{ next_query_at: null }, 'sign_plan_live_is_queried'],
      [{ state: 'lapsed' }, 'sign_plan_live_is_queried'],
      [{ stop_reason: '停课' }, 'sign_plan_stop_has_an_author'],
      [{ stopped_by: 'shop' }, 'sign_plan_stop_has_an_author'],
      [{ merchant_sign_plan_no: 'a|b' }, 'sign_plan_merchant_sign_plan_no_check'],
    ] as const)
      await expect(signPlan(change)).rejects.toEqual(refusal('23514', constraint))
  })

  test('a second live one of the same plan and shopper', async () => {
    const of = { plan_id: await plan(), user_id: randomUUID() }
    await signPlan({ ...of, state: 'lapsed', next_query_at: null })
    await signPlan({ ...of, ...signed })
    for (const change of [{}, signed, { state: 'creating', sign_plan_id: null } as const])
      await expect(signPlan({ ...of, ...change })).rejects.toEqual(refusal('23505', 'sign_plan_one_live'))
    await signPlan({ ...of, user_id: randomUUID() })
  })

  test('a sign plan to become another one, to step back, or to go', async () => {
    const id = await signPlan(signed)
    const { db } = testDb
    const update = (change: object) => db.updateTable('sign_plan').set(change).where('id', '=', id).execute()
    for (const change of [{ openid: 'oOther' }, { user_id: randomUUID() }, { request: '[]' }, { appid: 'wx2' }])
      await expect(update(change)).rejects.toEqual(refusal('ZP002'))
    await expect(update({ state: 'unsigned' })).rejects.toEqual(refusal('ZP001'))
    await update({ state: 'expired', next_query_at: null })
    await expect(update({ state: 'signed', next_query_at: now })).rejects.toEqual(refusal('ZP001'))
    await expect(db.deleteFrom('sign_plan').where('id', '=', id).execute()).rejects.toEqual(refusal('ZP002'))
  })
})
