import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { payScore } from '../../../testing/index.ts'
import { CreatePlanBody, MerchantNo, Plan, PlanPath } from './plan.ts'

const { seedRequests, seedUrls, planRequest, planAnswer } = payScore
const accepts = (change: object) => v.safeParse(CreatePlanBody, { ...seedRequests.createPlan, ...change }).success
const [first] = seedRequests.createPlan.plan_detail_list

describe('创建支付分计划', () => {
  it.each([
    ["the guide's course of three lessons", seedRequests.createPlan],
    ["the page's sample, whose sums are a rule of the operation", planRequest],
  ])('accepts %s as printed', (_, body) => {
    expect(v.parse(CreatePlanBody, body)).toEqual(body)
  })

  it('accepts a name of 20 characters, whatever their units, and a lesson for nothing', () => {
    expect(accepts({ plan_name: '𠮷'.repeat(20) })).toBe(true)
    expect(accepts({ plan_detail_list: [{ ...first, original_price: 0, actual_price: 0 }] })).toBe(true)
  })

  it.each<[string, object]>([
    ['no details', { plan_detail_list: [] }],
    ['a detail without a name', { plan_detail_list: [{ original_price: 1, actual_price: 1 }] }],
    ['a detail with a number of its own', { plan_detail_list: [{ ...first, plan_detail_no: 1 }] }],
    ['half a fen', { plan_detail_list: [{ ...first, actual_price: 0.5 }] }],
    ['a negative price', { total_actual_price: -1 }],
    ['a price as text', { total_actual_price: '30000' }],
    ['a plan of no day', { plan_duration: 0 }],
    ['a plan of half a day', { plan_duration: 0.5 }],
    ['no deduction', { deduction_quantity: 0 }],
    ['a name of 21 characters', { plan_name: '课'.repeat(21) }],
    ['an empty name', { plan_name: '' }],
    ['an unknown member', { currency: 'CNY' }],
    ['a misspelt sum', { total_original_price: undefined, total_origin_price: 54000 }],
  ])('refuses %s', (_, change) => {
    expect(accepts(change)).toBe(false)
  })
})

describe('numbers that the merchant makes', () => {
  it.each(['1', seedUrls.merchant_plan_no, 'aZ09_-*', 'x'.repeat(32)])('%s is one', (no) => {
    expect(v.is(MerchantNo, no)).toBe(true)
    expect(v.parse(PlanPath, { merchant_plan_no: no })).toEqual({ merchant_plan_no: no })
  })

  it.each(['', 'x'.repeat(33), 'a|b', 'a b', 'a/b', '课1', 'a@b', 'a.b', 1])('%j is none', (no) => {
    expect(v.is(MerchantNo, no)).toBe(false)
  })
})

describe('支付分计划', () => {
  it('is read as printed, also with members and states of tomorrow', () => {
    expect(v.parse(Plan, planAnswer)).toEqual(planAnswer)
    const fresh = { ...planAnswer, plan_state: 'PAUSED', fresh: { a: 1 } }
    expect(v.parse(Plan, fresh)).toEqual(fresh)
  })

  it('takes empty strings for absent and money as text for money', () => {
    const plan = v.parse(Plan, {
      ...planAnswer,
      stop_mchid: '',
      stop_time: '',
      total_actual_price: '30000',
      plan_detail_list: [{ ...planAnswer.plan_detail_list[0], plan_discount_description: '', actual_price: '18000' }],
    })
    expect(plan).toMatchObject({ stop_mchid: undefined, stop_time: undefined, total_actual_price: 30000 })
    expect(plan.plan_detail_list?.[0]).toMatchObject({ plan_discount_description: undefined, actual_price: 18000 })
  })

  it.each<[string, object]>([
    ['a number', { plan_id: undefined }],
    ['a state', { plan_state: undefined }],
    ['a real stop time', { stop_time: '2021-02-31T13:29:35+08:00' }],
    ['whole fen', { total_original_price: 9.5 }],
  ])('without %s it is not believed', (_, change) => {
    expect(v.safeParse(Plan, { ...planAnswer, ...change }).success).toBe(false)
  })
})
