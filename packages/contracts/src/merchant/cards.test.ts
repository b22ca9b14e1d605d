import * as v from 'valibot'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { cardStatuses } from '../shopper/cards.ts'
import { cards } from './index.ts'

const { createCardTemplate, listMerchantCards, listCardTemplates, MerchantCard, CardTemplate, templateStates } = cards
const goal = { name: '一个月买三次', times: 3, unit: '次', counts: 'orders' } as const
const reward = { name: '八折优惠', unit: '次', amountFen: 3000, percentOff: 20 }
const template = {
  cardTemplateId: '87789b2f25177433bcbf407e8e471f95',
  name: '常客卡',
  durationDays: 30,
  goals: [goal],
  rewards: [reward],
}
const accepts = (change: object) => v.is(createCardTemplate.input, { ...template, ...change })
const withGoal = (change: object) => ({ goals: [{ ...goal, ...change }] })
const withReward = (change: object) => ({ rewards: [{ ...reward, ...change }] })
const many = <One extends { name: string }>(one: One, count: number) =>
  Array.from({ length: count }, (_, i) => ({ ...one, name: `${one.name}${i}` }))

describe('a new card template', () => {
  it('is what WeChat made, and what of our shop counts', () => {
    expect(v.parse(createCardTemplate.input, template)).toEqual(template)
    expect(createCardTemplate).toMatchObject({ idempotent: true, status: 201, scope: 'cards:write' })
  })

  it('takes the limits of the pages, and names without spaces around them', () => {
    expect(accepts({ cardTemplateId: 't'.repeat(64), name: '卡'.repeat(20), durationDays: 3650 })).toBe(true)
    expect(accepts(withGoal({ name: '约'.repeat(20), unit: '自然月内次', counts: 'uses', goodsIds: ['g1'] }))).toBe(
      true,
    )
    expect(accepts({ goals: many(goal, 10), rewards: many(reward, 10) })).toBe(true)
    const { name } = v.parse(createCardTemplate.input, { ...template, name: ' 常客卡 ' })
    expect(name).toBe('常客卡')
  })

  it.each([1, 20, 99])('takes off %i per cent', (percentOff) => {
    expect(accepts(withReward({ percentOff }))).toBe(true)
  })

  it.each([0, 100, 101, -1, 12.5, '20', null, undefined])(
    'does not take off %j per cent: something is left to pay',
    (percentOff) => {
      expect(accepts(withReward({ percentOff }))).toBe(false)
    },
  )

  it.each<[string, object]>([
    ['two goals', { goals: [goal, { ...goal, times: 5 }] }],
    ['two goals that differ by spaces', { goals: [goal, { ...goal, name: ` ${goal.name} ` }] }],
    ['two rewards', { rewards: [reward, { ...reward, percentOff: 10 }] }],
  ])('refuses %s of one name, and says why', (_, change) => {
    const { issues } = v.safeParse(createCardTemplate.input, { ...template, ...change })
    expect(issues?.map((issue) => issue.message)).toEqual([
      'must have different names: WeChat Pay tells them apart by nothing else',
    ])
  })

  it('lets a goal and a reward share a name: they are told apart by what they are', () => {
    expect(accepts(withReward({ name: goal.name }))).toBe(true)
  })

  it.each<[string, object]>([
    ['no template of WeChat Pay', { cardTemplateId: ' ' }],
    ['a template of 65 characters', { cardTemplateId: 't'.repeat(65) }],
    ['a name of 21 characters', { name: '卡'.repeat(21) }],
    ['an empty description', { description: '' }],
    ['a description of 121 characters', { description: '卡'.repeat(121) }],
    ['no day', { durationDays: 0 }],
    ['half a day', { durationDays: 0.5 }],
    ['more than ten years', { durationDays: 3651 }],
    ['no goal', { goals: [] }],
    ['11 goals', { goals: many(goal, 11) }],
    ['no reward', { rewards: [] }],
    ['11 rewards', { rewards: many(reward, 11) }],
    ['a goal of nothing', withGoal({ times: 0 })],
    ['a goal of a million times', withGoal({ times: 1_000_000 })],
    ['a unit of 6 characters', withGoal({ unit: '六个字的单位' })],
    ['a goal that counts steps', withGoal({ counts: 'steps' })],
    ['a goal for no goods at all', withGoal({ goodsIds: [] })],
    ['a goal for 51 goods', withGoal({ goodsIds: Array.from({ length: 51 }, (_, i) => `g${i}`) })],
    ['a reward of nothing', withReward({ amountFen: 0 })],
    ['a reward of half a fen', withReward({ amountFen: 0.5 })],
    ['a reward in yuan', withReward({ amountFen: '30.00' })],
    ['a reward that may be used never', withReward({ times: 0 })],
    ["WeChat's ids, which exist only when a card was taken", withGoal({ objectiveId: '123456' })],
    ['an unknown member', { openid: 'o' }],
  ])('refuses %s', (_, change) => {
    expect(accepts(change)).toBe(false)
  })
})

describe('lists and reading', () => {
  it('are asked by the states that there are', () => {
    for (const status of cardStatuses) expect(v.is(listMerchantCards.input, { status }), status).toBe(true)
    for (const state of templateStates) expect(v.is(listCardTemplates.input, { state })).toBe(true)
    for (const wrong of [{ status: 'unknown' }, { status: 'preparing' }, { limit: 101 }, { openid: 'o' }]) {
      expect(v.is(listMerchantCards.input, wrong)).toBe(false)
    }
    expect(v.parse(listMerchantCards.input, { limit: '5', templateId: 't1' })).toEqual({ limit: 5, templateId: 't1' })
  })

  it('may be done with cards:read, writing not', () => {
    const scopes = Object.entries(cards).flatMap(([name, one]) => ('scope' in one ? [[name, one.scope]] : []))
    expect(Object.fromEntries(scopes)).toEqual({
      createCardTemplate: 'cards:write',
      listCardTemplates: 'cards:read',
      getCardTemplate: 'cards:read',
      withdrawCardTemplate: 'cards:write',
      listMerchantCards: 'cards:read',
      getMerchantCard: 'cards:read',
      checkMerchantCard: 'cards:read',
      resendRecords: 'cards:write',
    })
  })

  it('the merchant sees more of a card than its shopper: whose, its numbers, why a record was refused', () => {
    expectTypeOf<v.InferOutput<typeof MerchantCard>>().toMatchObjectType<{
      openid: string | null
      outCardCode: string
      transactionId: string | null
      totalFen: number | null
    }>()
    expectTypeOf<v.InferOutput<typeof MerchantCard>['records'][number]>().toMatchObjectType<{
      serialNo: string
      problem: string | null
    }>()
    expectTypeOf<v.InferOutput<typeof CardTemplate>>().toMatchObjectType<{
      takenCount: number
      withdrawnAt: string | null
    }>()
    expect(CardTemplate.entries).not.toHaveProperty('onOffer')
  })
})
