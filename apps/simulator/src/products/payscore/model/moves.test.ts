import { states } from '@shouyin/wechatpay-core/payscore'
import { beforeAll, describe, expect, test } from 'vitest'
import type { StoredPlan, StoredServiceOrder, StoredSignPlan } from '../../../kernel/payscore/stored.ts'
import { makeSimulator } from '../../../kernel/simulator.ts'
import type { World } from '../../../kernel/world.ts'
import { moveDetail, moveOrder, movePlan, moveSignPlan } from './moves.ts'
import { newOrder } from './new-order.ts'
import { newPlan, newSignPlan } from './new-plan.ts'
import { overAtMs, startTerm } from './term.ts'

let world: World

beforeAll(async () => {
  world = (await makeSimulator()).default.world
})

const whose = { service_id: 's', appid: 'wx1' }
const aPlan = (state: states.PlanState): StoredPlan => {
  const detail = { plan_detail_name: '课', original_price: 1, actual_price: 1 }
  const body = {
    ...whose,
    merchant_plan_no: 'P',
    plan_name: '课',
    plan_duration: 300,
    deduction_quantity: 2,
    total_original_price: 2,
    total_actual_price: 2,
    plan_detail_list: [detail, detail],
  }
  return { ...newPlan('m', body, 0), state }
}
const aSignPlan = (
  state: states.SignState,
  details: readonly states.DetailState[] = ['NOT_USED', 'NOT_USED'],
): StoredSignPlan => {
  const body = {
    ...whose,
    plan_id: 'p',
    openid: 'o',
    merchant_sign_plan_no: 'S',
    notify_url: 'https://pay.example.com/n',
    sign_plan_detail: details.map((_, i) => ({ plan_detail_no: i + 1, merchant_plan_detail_no: `D${i}` })),
  }
  const signPlan = newSignPlan('m', body, 0, false)
  return { ...signPlan, state, details: signPlan.details.map((d, i) => ({ ...d, state: details[i] ?? 'NOT_USED' })) }
}
const anOrder = (phase: states.OrderPhase): StoredServiceOrder => {
  const body = {
    ...whose,
    sign_plan_id: 's',
    plan_detail_no: 1,
    openid: 'o',
    notify_url: 'https://pay.example.com/n',
    service_introduction: '课',
    time_range: { start_time: 'OnAccept' },
    out_trade_no: 'D0',
  }
  return { ...newOrder('m', body, new Date(0), false), phase }
}

/** Every pair of states with what the table says of it. */
const pairs = <S extends string>(table: Readonly<Record<S, readonly S[]>>) => {
  const all = Object.keys(table) as S[]
  return all.flatMap((from) => all.map((to) => [from, to, table[from].includes(to)] as const))
}

describe('only the moves of the table are made, the others change nothing', () => {
  test.each(pairs<states.PlanState>(states.planTransitions))('plan %s → %s: %s', (from, to, isMade) => {
    const plan = aPlan(from)
    expect(movePlan(world, plan, to, { stopMchid: 'm' })).toBe(isMade)
    expect([plan.state, plan.stopMchid]).toEqual(isMade ? [to, 'm'] : [from, null])
  })

  test.each(pairs<states.SignState>(states.signTransitions))('sign plan %s → %s: %s', (from, to, isMade) => {
    const signPlan = aSignPlan(from)
    expect(moveSignPlan(world, signPlan, to, { cancelReason: 'x' })).toBe(isMade)
    expect([signPlan.state, signPlan.cancelReason]).toEqual(isMade ? [to, 'x'] : [from, null])
  })

  test.each(pairs<states.DetailState>(states.detailTransitions))('detail %s → %s: %s', (from, to, isMade) => {
    const signPlan = aSignPlan('SIGNED', [from, 'NOT_USED'])
    const [detail] = signPlan.details
    if (!detail) throw new Error('it has details')
    expect(moveDetail(world, signPlan, detail, to, { orderId: 'x' })).toBe(isMade)
    expect([detail.state, detail.orderId]).toEqual(isMade ? [to, 'x'] : [from, null])
  })

  test.each(pairs<states.OrderPhase>(states.orderTransitions))('order %s → %s: %s', (from, to, isMade) => {
    const order = anOrder(from)
    expect(moveOrder(world, order, to, { totalFen: 1 })).toBe(isMade)
    expect([order.phase, order.totalFen]).toEqual(isMade ? [to, 1] : [from, null])
  })
})

describe('the last detail', () => {
  const last = (state: states.SignState, first: states.DetailState, to: states.DetailState) => {
    const signPlan = aSignPlan(state, [first, 'USING'])
    const detail = signPlan.details[1]
    if (detail) moveDetail(world, signPlan, detail, to)
    return signPlan.state
  }

  test('used or cancelled, completes a signed plan', () => {
    expect(last('SIGNED', 'USED', 'USED')).toBe('COMPLETE')
    expect(last('SIGNED', 'SIGN_PLAN_DETAIL_CANCEL', 'USED')).toBe('COMPLETE')
    expect(last('SIGNED', 'USED', 'SIGN_PLAN_DETAIL_CANCEL')).toBe('COMPLETE')
  })

  test('leaves a plan that has others, or that has ended otherwise', () => {
    expect(last('SIGNED', 'NOT_USED', 'USED')).toBe('SIGNED')
    expect(last('SIGN_PLAN_CANCEL', 'USED', 'USED')).toBe('SIGN_PLAN_CANCEL')
    expect(last('EXPIRE', 'USED', 'USED')).toBe('EXPIRE')
  })
})

describe('plan_over_time', () => {
  test.each([
    ['2023-09-05T11:03:56+08:00', 300, '2024-07-01T16:00:00.000Z'],
    ['2023-09-05T00:00:00+08:00', 1, '2023-09-06T16:00:00.000Z'],
    ['2023-09-05T23:59:59+08:00', 1, '2023-09-06T16:00:00.000Z'],
  ])('signed %s for %i days is over at %s', (signed, days, over) => {
    expect(new Date(overAtMs(Date.parse(signed), days)).toISOString()).toBe(over)
  })

  test('is not set again by signing twice', () => {
    const signPlan = aSignPlan('UNSIGNED')
    expect(startTerm(world, signPlan)).toBe(true)
    const { overAtMs: over } = signPlan
    expect(startTerm(world, signPlan)).toBe(false)
    expect(signPlan.overAtMs).toBe(over)
  })
})
