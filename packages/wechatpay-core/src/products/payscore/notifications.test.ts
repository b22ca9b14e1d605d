import { describe, expect, expectTypeOf, it } from 'vitest'
import { createWechatPay } from '../../index.ts'
import { makeParties, payScore, sealed, signed } from '../../testing/index.ts'
import { states } from './index.ts'

const { signNotice, swappedNotices, paidNotice, confirmNotice, openServiceNotice } = payScore
const { partnerSignNotice, partnerPaidNotice, partnerCloseServiceNotice } = payScore
const parties = makeParties()
const wechatPay = createWechatPay(parties.options)

async function open(eventType: string, plaintext: object) {
  const body = sealed(parties, plaintext, `PAYSCORE.${eventType}`)
  return wechatPay.notifications.open({ headers: await signed(parties, body), body })
}

describe('the notices of Pay Score', () => {
  it('签约成功: five details, empty strings read as absent', async () => {
    const opened = await open('USER_SIGN_PLAN', signNotice)
    if (opened.kind !== 'payscore.userSignPlan') return expect.unreachable(opened.kind)
    expect(opened.resource).toMatchObject({ merchant_sign_plan_no: '1693882928726', sign_state: 'SIGNED' })
    expect(opened.resource.signed_detail_list).toHaveLength(5)
    expect(opened.resource.cancel_sign_time).toBeUndefined()
    expect(opened.resource.signed_detail_list?.[4]?.order_id).toBeUndefined()
    expectTypeOf(opened.resource.total_origin_price).toEqualTypeOf<number>()
    expectTypeOf(opened.resource.sign_time).toEqualTypeOf<string | undefined>()
  })

  it.each([
    ['USER_SIGN_PLAN', swappedNotices.signed, 'payscore.userSignPlan', 'SIGN_PLAN_CANCEL'],
    ['USER_CANCEL_SIGN_PLAN', swappedNotices.cancelled, 'payscore.userCancelSignPlan', 'UNSIGNED'],
    ['USER_CANCEL_SIGN_PLAN', swappedNotices.signed, 'payscore.userCancelSignPlan', 'SIGN_PLAN_CANCEL'],
  ])('%s is told by its event type, whatever its state says', async (type, plaintext, kind, sign_state) => {
    expect(await open(type, plaintext)).toMatchObject({ kind, resource: { sign_state } })
  })

  it('支付成功: what was paid, and that it is done', async () => {
    const opened = await open('USER_PAID', { ...paidNotice, total_amount: '40000' })
    if (opened.kind !== 'payscore.userPaid') return expect.unreachable(opened.kind)
    expect(opened.resource).toEqual(paidNotice)
    expect(states.phaseOf(opened.resource)).toBe('done')
    expectTypeOf(opened.resource.collection.details[0]?.amount).toEqualTypeOf<number | undefined>()
  })

  it('确认订单, 授权 and 解除授权', async () => {
    expect(await open('USER_CONFIRM', confirmNotice)).toMatchObject({
      kind: 'payscore.userConfirm',
      resource: { total_amount: 40000, state_description: 'USER_CONFIRM' },
    })
    expect(await open('USER_OPEN_SERVICE', openServiceNotice)).toMatchObject({
      kind: 'payscore.userOpenService',
      resource: openServiceNotice,
    })
    const closed = { ...openServiceNotice, user_service_status: 'USER_CLOSE_SERVICE', authorization_code: 'a1' }
    expect(await open('USER_CLOSE_SERVICE', closed)).toMatchObject({ kind: 'payscore.userCloseService' })
  })

  it.each([
    ['USER_SIGN_PLAN', { ...signNotice, sub_mchid: '', sub_appid: '' }, 'payscore.userSignPlan'],
    ['USER_PAID', { ...paidNotice, sub_mchid: null }, 'payscore.userPaid'],
  ])('%s of a merchant whose sub-merchant is empty is his own', async (type, plaintext, kind) => {
    expect((await open(type, plaintext)).kind).toBe(kind)
  })

  it.each<[string, object]>([
    ['USER_SIGN_PLAN', partnerSignNotice],
    ['USER_CANCEL_SIGN_PLAN', { ...partnerSignNotice, sign_state: 'SIGN_PLAN_CANCEL' }],
    ['USER_PAID', partnerPaidNotice],
    ['USER_CONFIRM', { ...confirmNotice, sub_mchid: '1900000109' }],
    ['USER_CLOSE_SERVICE', partnerCloseServiceNotice],
    ['USER_OPEN_SERVICE', { contract_id: 'c', mchid: '1', contract_status: 'ADD' }],
    ['USER_ACCEPTED', paidNotice],
  ])('%s of a service provider, or of another product, comes out as unknown', async (type, plaintext) => {
    expect(await open(type, plaintext)).toMatchObject({ kind: 'unknown', resource: plaintext, problem: null })
  })

  it.each<[string, object, RegExp]>([
    ['USER_PAID', { ...paidNotice, collection: undefined }, /collection/],
    ['USER_PAID', { ...paidNotice, total_amount: '400.00' }, /total_amount/],
    ['USER_SIGN_PLAN', { ...signNotice, plan_over_time: '2024-02-31T00:00:00+08:00' }, /plan_over_time/],
    ['USER_SIGN_PLAN', { ...signNotice, total_origin_price: undefined }, /with total_origin_price/],
  ])(
    '%s that is not as declared comes out as unknown, with the member and without its value',
    async (type, plaintext, problem) => {
      const opened = await open(type, plaintext)
      if (opened.kind !== 'unknown') return expect.unreachable(opened.kind)
      expect(opened.problem).toMatch(problem)
      expect(opened.problem).not.toMatch(/400\.00|02-31/)
    },
  )
})
