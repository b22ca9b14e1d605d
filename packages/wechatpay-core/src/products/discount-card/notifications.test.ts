import { describe, expect, expectTypeOf, it } from 'vitest'
import { createWechatPay } from '../../index.ts'
import { discountCard, makeParties, sealed, signed } from '../../testing/index.ts'

const { acceptedNotice, endedNotice, endedNoticeAsPrinted, paidNotice, paidNoticeAsPrinted, noticesBefore } =
  discountCard
const parties = makeParties()
const wechatPay = createWechatPay(parties.options)

async function open(eventType: string, plaintext: object) {
  const body = sealed(parties, plaintext, `DISCOUNT_CARD.${eventType}`)
  return wechatPay.notifications.open({ headers: await signed(parties, body), body })
}

describe('the notices of discount cards', () => {
  it('用户领卡: whose it is, and the ids without which nothing is recorded', async () => {
    const opened = await open('USER_ACCEPTED', acceptedNotice)
    if (opened.kind !== 'discountCard.userAccepted') return expect.unreachable(opened.kind)
    expect(opened.resource).toMatchObject({ openid: 'oUpF8uMuAJ2pxb1Q9zNjWeS6o', state: 'ONGOING' })
    expect(opened.resource.objectives.map((one) => one.objective_id)).toEqual(['123456'])
    expect(opened.resource.rewards.map((one) => one.reward_id)).toEqual(['123456'])
    expectTypeOf(opened.resource.objectives[0]?.count).toEqualTypeOf<number | undefined>()
  })

  it('守约状态变化: how it ended, with its records', async () => {
    const opened = await open('AGREEMENT_ENDED', { ...endedNotice, total_amount: '100' })
    if (opened.kind !== 'discountCard.agreementEnded') return expect.unreachable(opened.kind)
    expect(opened.resource).toEqual(endedNotice)
    expect(opened.resource.rewards[0]?.reward_usage_records[0]?.amount).toBe(100)
  })

  it('扣费状态变化: what was collected, and no terms', async () => {
    const opened = await open('USER_PAID', { ...paidNotice, total_amount: '1000' })
    if (opened.kind !== 'discountCard.userPaid') return expect.unreachable(opened.kind)
    expect(opened.resource).toEqual(paidNotice)
    expectTypeOf(opened.resource.pay_information?.pay_amount).toEqualTypeOf<number | undefined>()
    expectTypeOf(opened.resource.time_range).toBeUnknown()
  })

  it.each<[string, object, string, string]>([
    ['AGREEMENT_ENDED', endedNoticeAsPrinted, 'discountCard.agreementEnded', 'ONGOING'],
    ['USER_PAID', paidNoticeAsPrinted, 'discountCard.userPaid', 'ONGOING'],
    ['USER_PAID', { ...paidNotice, pay_information: null, state: 'FINISHED' }, 'discountCard.userPaid', 'FINISHED'],
    ['USER_ACCEPTED', { ...acceptedNotice, state: 'OF_TOMORROW' }, 'discountCard.userAccepted', 'OF_TOMORROW'],
    ['USER_ACCEPTED', { ...acceptedNotice, sub_mchid: '' }, 'discountCard.userAccepted', 'ONGOING'],
  ])('%s is told by its event type, whatever its state says', async (type, plaintext, kind, state) => {
    expect(await open(type, plaintext)).toMatchObject({ kind, resource: { state } })
  })

  it.each<[string, object]>([
    ['GET_CARD', noticesBefore['DISCOUNT_CARD.GET_CARD']],
    ['SETTLEMENT', noticesBefore['DISCOUNT_CARD.SETTLEMENT']],
    ['USER_ACCEPTED', noticesBefore['DISCOUNT_CARD.GET_CARD']],
    ['USER_ACCEPTED', { ...acceptedNotice, sub_mchid: '1900000109' }],
    ['USER_PAID', { ...paidNotice, sp_mchid: '1900000109' }],
    ['CARD_OF_TOMORROW', acceptedNotice],
  ])('%s of the API before, of a service provider or of tomorrow comes out as unknown', async (type, plaintext) => {
    expect(await open(type, plaintext)).toMatchObject({ kind: 'unknown', resource: plaintext, problem: null })
  })

  it.each<[string, object, RegExp]>([
    ['USER_ACCEPTED', { ...acceptedNotice, openid: undefined }, /openid/],
    ['USER_ACCEPTED', { ...acceptedNotice, rewards: [{ reward_id: '1' }] }, /rewards\.0/],
    ['AGREEMENT_ENDED', { ...endedNotice, total_amount: '1.00' }, /total_amount/],
    ['AGREEMENT_ENDED', { ...endedNotice, time_range: { begin_time: '20150520132935' } }, /time_range/],
    ['USER_PAID', { ...paidNotice, pay_information: { pay_state: 'PAID' } }, /pay_information\.pay_amount/],
  ])(
    '%s that is not as declared comes out as unknown, with the member and without its value',
    async (type, plaintext, problem) => {
      const opened = await open(type, plaintext)
      if (opened.kind !== 'unknown') return expect.unreachable(opened.kind)
      expect(opened.problem).toMatch(problem)
      expect(opened.problem).not.toMatch(/1\.00|20150520/)
    },
  )
})
