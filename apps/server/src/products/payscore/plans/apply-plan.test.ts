import { randomUUID } from 'node:crypto'
import type { schema } from '@shouyin/wechatpay-core/payscore'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { openPlanShop, type PlanShop } from '../../../testing/plans.ts'
import { type PlanState, planStates, planTransitions } from '../states.ts'
import type { Plan } from '../table.ts'
import { applyPlan } from './apply-plan.ts'

let shop: PlanShop
beforeAll(async () => {
  shop = await openPlanShop()
}, 120_000)
afterAll(() => shop?.close())
afterEach(() => {
  shop.alarms.length = 0
})

const STOPPED_AT = '2026-11-21T18:00:00.120+08:00'
const words = { NORMAL: 'on_sale', STOP: 'stopped' } as const

test('details in another order are the same details', async () => {
  const plan = await planIn('creating')
  const said = saidOf(plan, 'NORMAL')
  const plan_detail_list = [...(said.plan_detail_list ?? [])].reverse()
  expect(plan_detail_list).toHaveLength(2)
  expect(await applyPlan(shop.ctx, plan, { ...said, plan_detail_list })).toBe('on_sale')
})

/** A plan of two lessons, which came to this state somehow. */
async function planIn(state: PlanState): Promise<Plan> {
  const { db, config, clock } = shop.ctx
  const [id, number] = [randomUUID(), randomUUID().replaceAll('-', '')]
  const plan = await db
    .insertInto('plan')
    .values({
      ...{ id, mchid: config.mchid, appid: config.appid, service_id: shop.simulated.serviceId, state },
      ...{ merchant_plan_no: number, name: '游泳课', duration_days: 30, created_at: clock.now(), request: '{}' },
      plan_id: state === 'creating' || state === 'refused' ? null : number,
      stopped_at: state === 'stopped' ? new Date(STOPPED_AT) : null,
      next_query_at: state === 'creating' || state === 'stopping' ? new Date('2100-01-01') : null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  const lesson = { plan_id: id, name: '一节', original_fen: 200, discount: null }
  await db
    .insertInto('plan_lesson')
    .values([
      { ...lesson, number: 1, price_fen: 200 },
      { ...lesson, number: 2, price_fen: 100 },
    ])
    .execute()
  return plan
}

const saidOf = (plan: Plan, plan_state: string): schema.Plan => ({
  plan_id: plan.merchant_plan_no,
  service_id: plan.service_id,
  mchid: plan.mchid,
  appid: plan.appid,
  merchant_plan_no: plan.merchant_plan_no,
  plan_name: plan.name,
  plan_duration: 30,
  plan_state,
  total_original_price: 400,
  deduction_quantity: 2,
  total_actual_price: 300,
  plan_detail_list: [200, 100].map((actual_price, i) => ({
    ...{ plan_detail_no: i + 1, plan_detail_name: '一节', original_price: 200, actual_price },
    plan_discount_description: undefined,
  })),
  stop_mchid: undefined,
  stop_time: plan_state === 'STOP' ? STOPPED_AT : undefined,
})

const pairs = planStates.flatMap((from) => (['NORMAL', 'STOP'] as const).map((word) => [from, word] as const))
const mayMove = (from: PlanState, word: keyof typeof words): boolean =>
  (planTransitions[from] as readonly PlanState[]).includes(words[word])

test.each(pairs)('%s, and WeChat Pay says %s', async (from, word) => {
  const plan = await planIn(from)
  const state = await applyPlan(shop.ctx, plan, saidOf(plan, word))
  const to = mayMove(from, word) ? words[word] : from
  expect(state).toBe(to)
  const row = await shop.planRow(plan)
  if (from === to) expect(row).toEqual(plan)
  else expect(row).toMatchObject({ state: to, plan_id: plan.merchant_plan_no, next_query_at: null, problem: null })
  if (word === 'STOP') expect(row.stopped_at).toEqual(new Date(STOPPED_AT))
  expect(shop.alarms).toEqual([])
})

test('a stop without a time has happened now; a state that WeChat Pay adds tomorrow proves nothing', async () => {
  const plan = await planIn('stopping')
  expect(await applyPlan(shop.ctx, plan, saidOf(plan, 'PAUSED'))).toBe('stopping')
  await applyPlan(shop.ctx, plan, { ...saidOf(plan, 'STOP'), stop_time: undefined })
  expect(await shop.planRow(plan)).toMatchObject({ state: 'stopped', stopped_at: expect.any(Date) })
})

describe('what contradicts our record changes nothing, and is one alarm', () => {
  const detail = { plan_detail_no: 1, plan_detail_name: '一节', original_price: 200, actual_price: 200 }
  const changes: readonly (readonly [field: string, change: object])[] = [
    ['mchid', { mchid: '1900000999' }],
    ['appid', { appid: 'wx0000000000000009' }],
    ['serviceId', { service_id: '500001' }],
    ['merchantPlanNo', { merchant_plan_no: 'another' }],
    ['durationDays', { plan_duration: 31 }],
    ['quantity', { deduction_quantity: 3 }],
    ['totalOriginalFen', { total_original_price: 401 }],
    ['totalFen', { total_actual_price: 301 }],
    ['lessons', { plan_detail_list: [detail] }],
    ['lessons', { plan_detail_list: [detail, { ...detail, plan_detail_no: 2, actual_price: 101 }] }],
    ['lessons', { plan_detail_list: [detail, { ...detail, plan_detail_no: 3, actual_price: 100 }] }],
  ]
  test.each(changes)('%s', async (field, change) => {
    const plan = await planIn('creating')
    const said = { ...saidOf(plan, 'NORMAL'), ...change }
    expect(await applyPlan(shop.ctx, plan, said)).toBe('unknown')
    expect(await applyPlan(shop.ctx, plan, said)).toBe('unknown')
    const problem = `WeChat Pay has another plan: ${field}`
    expect(await shop.planRow(plan)).toEqual({ ...plan, problem })
    expect(shop.alarms).toMatchObject([{ kind: 'plan_mismatch', detail: { fields: [field] } }])
  })

  test('another number of WeChat than before, or one that another plan has', async () => {
    const [plan, other] = [await planIn('on_sale'), await planIn('on_sale')]
    const said = { ...saidOf(plan, 'STOP'), plan_id: other.plan_id ?? '' }
    expect(await applyPlan(shop.ctx, plan, said)).toBe('unknown')
    expect(shop.alarms).toMatchObject([{ detail: { fields: ['planId', 'planIdHolder'] } }])
  })

  test('details may be left out', async () => {
    const plan = await planIn('creating')
    const { plan_detail_list: _, ...said } = saidOf(plan, 'NORMAL')
    expect(await applyPlan(shop.ctx, plan, said)).toBe('on_sale')
  })
})
