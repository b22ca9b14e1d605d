import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { payScore } from '../../../testing/index.ts'
import { CreateSignPlanBody, CreateSignPlanResponse, SignPlan, SignPlanPath, StopSignPlanBody } from './sign-plan.ts'

const { seedRequests, seedUrls, signPlanRequest, signPlanAnswer, createSignPlanAnswer, signNotice } = payScore
const accepts = (change: object) =>
  v.safeParse(CreateSignPlanBody, { ...seedRequests.createSignPlan, ...change }).success

describe('创建用户的签约计划', () => {
  it.each([
    ['the guide', seedRequests.createSignPlan],
    ['the page', signPlanRequest],
  ])('accepts the sample of %s as printed', (_, body) => {
    expect(v.parse(CreateSignPlanBody, body)).toEqual(body)
  })

  it('takes a notify_url of 1024 characters, four times as long as elsewhere', () => {
    const url = (length: number) => `https://example.com/${'n'.repeat(length - 20)}`
    expect(accepts({ notify_url: url(1024) })).toBe(true)
    expect(accepts({ notify_url: url(1025) })).toBe(false)
  })

  it.each<[string, object]>([
    ['no details', { sign_plan_detail: [] }],
    ['a detail 0', { sign_plan_detail: [{ plan_detail_no: 0, merchant_plan_detail_no: 'a' }] }],
    ['a detail without its number', { sign_plan_detail: [{ plan_detail_no: 1 }] }],
    ['a number with a |', { sign_plan_detail: [{ plan_detail_no: 1, merchant_plan_detail_no: 'a|b' }] }],
    ['a number with a space', { merchant_sign_plan_no: '1696 995' }],
    ['nobody', { openid: '' }],
    ['a notify_url with a query', { notify_url: 'https://example.com/n?a=1' }],
    ['plain http to another host', { notify_url: 'http://example.com/n' }],
    ["a service provider's member", { sub_mchid: '1900000109' }],
  ])('refuses %s', (_, change) => {
    expect(accepts(change)).toBe(false)
  })
})

describe('用户的签约计划', () => {
  it('is read as printed, in both answers and in the notice', () => {
    expect(v.parse(SignPlan, signPlanAnswer)).toEqual(signPlanAnswer)
    expect(v.parse(CreateSignPlanResponse, createSignPlanAnswer)).toEqual(createSignPlanAnswer)
    expect(v.parse(SignPlan, signNotice).signed_detail_list).toHaveLength(5)
  })

  it('takes the empty strings of the notice for absent, and 0 fen for 0 fen', () => {
    const { cancel_sign_time, cancel_reason, signed_detail_list: details = [] } = v.parse(SignPlan, signNotice)
    expect([cancel_sign_time, cancel_reason]).toEqual([undefined, undefined])
    for (const { order_id, use_time, complete_time, cancel_time, actual_pay_price } of details) {
      expect([order_id, use_time, complete_time, cancel_time, actual_pay_price]).toEqual([
        undefined,
        undefined,
        undefined,
        undefined,
        0,
      ])
    }
    const unsigned = { ...signNotice, openid: '', sign_time: '', plan_over_time: '', cancel_sign_type: '' }
    expect(v.parse(SignPlan, unsigned)).toMatchObject({
      openid: undefined,
      sign_time: undefined,
      plan_over_time: undefined,
    })
  })

  it('has one spelling of its sum, whichever comes', () => {
    const { total_origin_price: _, ...without } = signPlanAnswer
    expect(v.parse(SignPlan, signPlanAnswer).total_origin_price).toBe(150000)
    expect(v.parse(SignPlan, { ...without, total_original_price: 150000 }).total_origin_price).toBe(150000)
    expect(v.parse(SignPlan, { ...without, total_original_price: 0 }).total_origin_price).toBe(0)
    const both = { ...signPlanAnswer, total_original_price: 1 }
    expect(v.parse(SignPlan, both).total_origin_price).toBe(150000)
    const none = v.safeParse(SignPlan, without)
    expect(none.issues?.[0]?.message).toBe('must have total_origin_price')
  })

  it('is read with states of tomorrow, and money as text', () => {
    const [detail] = signPlanAnswer.signed_detail_list
    const fresh = {
      ...signPlanAnswer,
      sign_state: 'PAUSED',
      total_actual_price: '120000',
      signed_detail_list: [{ ...detail, plan_detail_state: 'HELD', actual_pay_price: '50000' }],
      fresh: 1,
    }
    expect(v.parse(SignPlan, fresh)).toMatchObject({
      sign_state: 'PAUSED',
      total_actual_price: 120000,
      signed_detail_list: [{ plan_detail_state: 'HELD', actual_pay_price: 50000 }],
      fresh: 1,
    })
  })

  it.each<[string, object]>([
    ['a time without an offset', { sign_time: '2023-09-05T11:03:56' }],
    ['a day that is none', { plan_over_time: '2024-02-30T00:00:00+08:00' }],
    ['a detail -1', { going_detail_no: -1 }],
    ['no state', { sign_state: undefined }],
    ['details that are none', { signed_detail_list: {} }],
  ])('with %s it is not believed', (_, change) => {
    expect(v.safeParse(SignPlan, { ...signPlanAnswer, ...change }).success).toBe(false)
  })

  it('comes wrapped from its creation, with a package that opens something', () => {
    expect(v.safeParse(CreateSignPlanResponse, { ...createSignPlanAnswer, package: '' }).success).toBe(false)
    expect(v.safeParse(CreateSignPlanResponse, signPlanAnswer).success).toBe(false)
  })
})

describe('取消用户的签约计划', () => {
  it('takes the reason of the guide, and no empty one', () => {
    expect(v.parse(StopSignPlanBody, seedRequests.stopSignPlan)).toEqual(seedRequests.stopSignPlan)
    expect(v.is(StopSignPlanBody, { stop_reason: '' })).toBe(false)
    expect(v.is(StopSignPlanBody, { stop_reason: '终'.repeat(51) })).toBe(false)
    expect(v.is(StopSignPlanBody, {})).toBe(false)
  })

  it('names the plan in the URL', () => {
    const { merchant_sign_plan_no } = seedUrls
    expect(v.parse(SignPlanPath, { merchant_sign_plan_no })).toEqual({ merchant_sign_plan_no })
  })
})
