import { randomUUID } from 'node:crypto'
import type { schema } from '@shouyin/wechatpay-core/payscore'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { openPlanShop, type PlanShop } from '../../../testing/plans.ts'
import { liveSignPlanStates, type SignPlanState, signPlanStates, signPlanTransitions } from '../states.ts'
import type { Lesson, SignPlan } from '../table.ts'
import { applySignPlan } from './apply-sign-plan.ts'

let shop: PlanShop
beforeAll(async () => {
  shop = await openPlanShop()
}, 120_000)
afterAll(() => shop?.close())
afterEach(() => {
  shop.alarms.length = 0
})

const SIGNED_AT = '2026-11-21T18:00:00+08:00'
const OVER_AT = '2027-09-18T00:00:00+08:00'
const CANCELLED_AT = '2026-11-22T18:00:00+08:00'
/** What WeChat Pay has a word for. */
const told = ['unsigned', 'signed', 'cancelled', 'completed', 'expired'] as const

/** A sign plan of somebody new, which came to this state somehow. */
async function rowIn(state: SignPlanState): Promise<{ row: SignPlan; lessons: readonly Lesson[] }> {
  const { db, config } = shop.ctx
  const promised = await db.selectFrom('plan_lesson').selectAll().where('plan_id', '=', shop.plan.id).execute()
  const [id, number] = [randomUUID(), randomUUID().replaceAll('-', '')]
  const hasEndedOrIsSigned = ['signed', 'completed', 'expired'].includes(state)
  const row = await db
    .insertInto('sign_plan')
    .values({
      ...{ id, plan_id: shop.plan.id, user_id: randomUUID(), mchid: config.mchid, appid: config.appid, state },
      ...{ openid: `o${id}`, service_id: shop.simulated.serviceId, merchant_sign_plan_no: number, request: '{}' },
      created_at: shop.ctx.clock.now(),
      sign_plan_id: state === 'creating' || state === 'refused' ? null : number,
      signed_at: hasEndedOrIsSigned ? new Date(SIGNED_AT) : null,
      over_at: hasEndedOrIsSigned ? new Date(OVER_AT) : null,
      cancelled_at: state === 'cancelled' ? new Date(CANCELLED_AT) : null,
      next_query_at: liveSignPlanStates.some((live) => live === state) ? new Date('2100-01-01') : null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  const lessons = promised.map(({ plan_id: _, ...lesson }) => ({
    ...{ ...lesson, id: randomUUID(), sign_plan_id: id, mchid: config.mchid },
    out_order_no: randomUUID().replaceAll('-', ''),
  }))
  await db.insertInto('lesson').values(lessons).execute()
  return { row, lessons: await shop.lessonsOf({ id }) }
}

const saidOf = (row: SignPlan, lessons: readonly Lesson[]): schema.SignPlan => ({
  sign_plan_id: row.merchant_sign_plan_no,
  openid: row.openid,
  service_id: row.service_id,
  mchid: row.mchid,
  appid: row.appid,
  merchant_sign_plan_no: row.merchant_sign_plan_no,
  plan_id: shop.plan.planId ?? '',
  going_detail_no: 0,
  sign_state: 'SIGNED',
  sign_time: SIGNED_AT,
  cancel_sign_time: undefined,
  cancel_sign_type: 'NOT_CANCEL',
  cancel_reason: undefined,
  plan_name: '羽毛球课3节',
  plan_over_time: OVER_AT,
  total_origin_price: 54_000,
  deduction_quantity: 3,
  total_actual_price: 30_000,
  signed_detail_list: lessons.map((lesson) => ({
    plan_detail_no: lesson.number,
    plan_detail_name: lesson.name,
    original_price: lesson.original_fen,
    plan_discount_description: undefined,
    actual_price: lesson.price_fen,
    plan_detail_state: 'NOT_USED',
    merchant_plan_detail_no: lesson.out_order_no,
    order_id: undefined,
    use_time: undefined,
    complete_time: undefined,
    cancel_time: undefined,
  })),
})

const pairs = signPlanStates.flatMap((from) => told.map((to) => [from, to] as const))
const mayMove = (from: SignPlanState, to: SignPlanState): boolean =>
  (signPlanTransitions[from] as readonly SignPlanState[]).includes(to)

describe('every move', () => {
  test.each(pairs.filter(([from, to]) => mayMove(from, to)))('%s → %s is made', async (from, to) => {
    const { row, lessons } = await rowIn(from)
    const said = saidOf(row, lessons)
    expect(await applySignPlan(shop.ctx, { said, state: to, proof: 'query' })).toMatchObject({ kind: 'moved' })
    expect(await shop.row(row)).toMatchObject({
      state: to,
      sign_plan_id: row.merchant_sign_plan_no,
      unconfirmed: false,
      next_query_at: to === 'unsigned' || to === 'signed' ? expect.any(Date) : null,
    })
  })

  test.each(pairs.filter(([from, to]) => from !== to && !mayMove(from, to)))(
    '%s → %s is none: it comes late and changes nothing',
    async (from, to) => {
      const { row, lessons } = await rowIn(from)
      const applied = await applySignPlan(shop.ctx, { said: saidOf(row, lessons), state: to, proof: 'query' })
      expect(applied).toMatchObject({ kind: 'late' })
      expect(await shop.row(row)).toEqual(row)
      expect(shop.alarms).toEqual([])
    },
  )

  test.each(told)('%s again changes nothing', async (state) => {
    const { row, lessons } = await rowIn(state)
    const applied = await applySignPlan(shop.ctx, { said: saidOf(row, lessons), state, proof: 'query' })
    expect(applied).toMatchObject({ kind: 'same' })
    expect(await shop.row(row)).toEqual(row)
  })
})

describe('what is told is kept', () => {
  test.each(['USER', 'MERCHANT', 'REVOKE_SERVICE', 'SOMETHING_NEW'])(
    'the end: %s, and when',
    async (cancel_sign_type) => {
      const { row, lessons } = await rowIn('signed')
      const said = { ...saidOf(row, lessons), cancel_sign_type, cancel_sign_time: CANCELLED_AT }
      await applySignPlan(shop.ctx, { said, state: 'cancelled', proof: 'query' })
      expect(await shop.row(row)).toMatchObject({ cancel_type: cancel_sign_type, cancelled_at: new Date(CANCELLED_AT) })
    },
  )

  test('an end without a reason or a time has ended now', async () => {
    const { row, lessons } = await rowIn('unsigned')
    await applySignPlan(shop.ctx, { said: saidOf(row, lessons), state: 'cancelled', proof: 'notification' })
    expect(await shop.row(row)).toMatchObject({ cancel_type: null, cancelled_at: expect.any(Date) })
  })

  test.each(['signed', 'completed', 'expired'] as const)('%s without its times is no evidence', async (state) => {
    const { row, lessons } = await rowIn('unsigned')
    for (const missing of ['sign_time', 'plan_over_time']) {
      const said = { ...saidOf(row, lessons), [missing]: undefined }
      expect(await applySignPlan(shop.ctx, { said, state, proof: 'query' })).toMatchObject({ kind: 'refused' })
    }
    // Once a day.
    expect(shop.alarmsOf('evidence_incomplete')).toHaveLength(1)
    expect(await shop.row(row)).toEqual(row)
  })

  test('a state that WeChat Pay adds tomorrow proves nothing', async () => {
    const { row, lessons } = await rowIn('signed')
    const applied = await applySignPlan(shop.ctx, { said: saidOf(row, lessons), state: 'unknown', proof: 'query' })
    expect(applied).toMatchObject({ kind: 'refused' })
    expect(await shop.row(row)).toEqual(row)
  })
})

describe('what contradicts our record changes nothing, and a person hears of it', () => {
  type Change = (said: schema.SignPlan) => Partial<schema.SignPlan>
  const changed =
    (change: object, at: number): Change =>
    ({ signed_detail_list: details = [] }) => ({
      signed_detail_list: details.map((detail, i) => (i === at ? { ...detail, ...change } : detail)),
    })
  const changes: readonly (readonly [field: string, change: Change])[] = [
    ['appid', () => ({ appid: 'wx0000000000000009' })],
    ['serviceId', () => ({ service_id: '500001' })],
    ['planId', () => ({ plan_id: '0100' })],
    ['openid', () => ({ openid: 'oSomebodyElse' })],
    ['quantity', () => ({ deduction_quantity: 4 })],
    ['totalOriginalFen', () => ({ total_origin_price: 54_001 })],
    ['totalFen', () => ({ total_actual_price: 30_001 })],
    ['lessons', changed({ actual_price: 18_001 }, 0)],
    ['lessons', changed({ original_price: 18_001 }, 1)],
    ['lessons', changed({ merchant_plan_detail_no: 'another' }, 2)],
    ['lessons', changed({ plan_detail_no: 4 }, 2)],
    ['lessons', ({ signed_detail_list: details = [] }) => ({ signed_detail_list: details.slice(1) })],
    [
      'lessons',
      ({ signed_detail_list: details = [] }) => ({
        signed_detail_list: details.toReversed().map((detail, i) => ({ ...detail, plan_detail_no: i + 1 })),
      }),
    ],
  ]

  test.each(changes)('%s', async (field, change) => {
    for (const from of ['unsigned', 'creating', 'refused'] as const) {
      const { row, lessons } = await rowIn(from)
      const said = saidOf(row, lessons)
      const applied = await applySignPlan(shop.ctx, {
        ...{ said: { ...said, ...change(said) }, state: 'signed', proof: 'notification' },
      })
      expect(applied).toMatchObject({ kind: 'refused', alarm: 'sign_plan_mismatch', detail: { fields: [field] } })
      expect(await shop.row(row)).toEqual(row)
    }
    expect(shop.alarmsOf('sign_plan_mismatch')).toHaveLength(3)
  })

  test('another number of WeChat than before, or one that somebody else has', async () => {
    const [{ row, lessons }, other] = [await rowIn('unsigned'), await rowIn('signed')]
    for (const [sign_plan_id, fields] of [
      ['another', ['signPlanId']],
      [other.row.sign_plan_id ?? '', ['signPlanId', 'signPlanIdHolder']],
    ] as const) {
      const said = { ...saidOf(row, lessons), sign_plan_id }
      const applied = await applySignPlan(shop.ctx, { said, state: 'signed', proof: 'query' })
      expect(applied).toMatchObject({ kind: 'refused', detail: { fields } })
    }
    expect(await shop.row(row)).toEqual(row)
  })

  test('details in another order are the same details', async () => {
    const { row, lessons } = await rowIn('unsigned')
    const said = saidOf(row, lessons.toReversed())
    expect(await applySignPlan(shop.ctx, { said, state: 'signed', proof: 'query' })).toMatchObject({ kind: 'moved' })
  })

  test('a member that may be absent is no contradiction', async () => {
    const { row, lessons } = await rowIn('unsigned')
    const { openid: _, signed_detail_list: __, ...said } = saidOf(row, lessons)
    const applied = await applySignPlan(shop.ctx, {
      ...{ said: { ...said, openid: undefined }, state: 'signed', proof: 'query' },
    })
    expect(applied).toMatchObject({ kind: 'moved' })
  })
})
