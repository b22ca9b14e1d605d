import * as v from 'valibot'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { discountCard } from '../../../testing/index.ts'
import { Card, ChargedCard, PrepareResponse } from './card.ts'

const { prepareAnswer, acceptedNotice, acceptedNoticeText, endedNotice, endedNoticeAsPrinted } = discountCard
const { paidNotice, paidNoticeAsPrinted, cardAnswer } = discountCard
const [objective] = endedNotice.objectives
const [reward] = endedNotice.rewards
const refuses = (change: object) => expect(v.safeParse(Card, { ...endedNotice, ...change }).success).toBe(false)

describe('预领卡请求token', () => {
  it('is read as printed, and as long as real ones are', () => {
    expect(v.parse(PrepareResponse, prepareAnswer)).toEqual(prepareAnswer)
    expect(v.is(PrepareResponse, { prepare_card_token: 't'.repeat(256) })).toBe(true)
  })

  it.each(['', 't'.repeat(257), null, 1])('%j is none', (prepare_card_token) => {
    expect(v.is(PrepareResponse, { prepare_card_token })).toBe(false)
  })
})

describe('先享卡订单', () => {
  it.each<[string, object]>([
    ['the answer of the query', cardAnswer],
    ['守约状态变化, set right', endedNotice],
    ['守约状态变化 as printed, which contradicts itself', endedNoticeAsPrinted],
  ])('%s is read as it is', (_, card) => {
    expect(v.parse(Card, card)).toEqual(card)
  })

  it('用户领卡 has goals and rewards without records', () => {
    const { objectives, rewards, pay_information } = v.parse(Card, acceptedNotice)
    expect(objectives[0]).toMatchObject({ objective_id: '123456', objective_completion_records: [] })
    expect(rewards[0]).toMatchObject({ reward_id: '123456', amount: 100, reward_usage_records: [] })
    expect(pay_information).toBeUndefined()
  })

  // The page prints a comma before a closing brace, so it is no JSON at all; without it, it is the card above, twice.
  it('用户领卡 as printed is no JSON; without its last comma it is read', () => {
    expect(() => JSON.parse(acceptedNoticeText)).toThrow(SyntaxError)
    const card = v.parse(Card, JSON.parse(acceptedNoticeText.replace(',}', '}')))
    expect(card.objectives.map((one) => one.objective_id)).toEqual(['123456', '123456'])
    expect(card.rewards).toHaveLength(2)
  })

  it('has numbers, also where tables say text', () => {
    const asText = {
      ...cardAnswer,
      total_amount: '100',
      pay_information: { ...cardAnswer.pay_information, pay_amount: '100' },
      objectives: [{ ...objective, count: '3' }],
      rewards: [
        {
          ...reward,
          count: '1',
          amount: '100',
          reward_usage_records: [{ ...reward.reward_usage_records[0], usage_count: '1', amount: '100' }],
        },
      ],
    }
    const card = v.parse(Card, asText)
    expect(card).toMatchObject({ total_amount: 100, pay_information: { pay_amount: 100 } })
    expect(card.objectives[0]?.count).toBe(3)
    expect(card.rewards[0]).toMatchObject({
      count: 1,
      amount: 100,
      reward_usage_records: [{ usage_count: 1, amount: 100 }],
    })
    expectTypeOf(card.total_amount).toEqualTypeOf<number | undefined>()
  })

  it.each(['', '.1', '.12', '.120', '.123456'])('has times with the fraction %j', (fraction) => {
    const time = `2015-05-20T13:29:35${fraction}+08:00`
    const card = { ...endedNotice, create_time: time, time_range: { begin_time: time, end_time: time } }
    expect(v.parse(Card, card)).toMatchObject({ create_time: time, time_range: { end_time: time } })
    const pay_information = { ...paidNotice.pay_information, pay_time: time }
    expect(v.parse(ChargedCard, { ...paidNotice, pay_information }).pay_information?.pay_time).toBe(time)
  })

  it('takes empty strings for absent, also the parts of a payment that is not made', () => {
    const card = v.parse(Card, {
      ...endedNotice,
      unfinished_reason: '',
      total_amount: '',
      sharer_openid: '',
      pay_information: { pay_amount: 100, pay_state: 'PAYING', transaction_id: '', pay_time: '' },
      rewards: [{ ...reward, count_type: 'COUNT_UNLIMITED', count: '', description: '' }],
    })
    expect(card).toMatchObject({ unfinished_reason: undefined, total_amount: undefined, sharer_openid: undefined })
    expect(card.pay_information).toMatchObject({ transaction_id: undefined, pay_time: undefined })
    expect(card.rewards[0]?.count).toBeUndefined()
  })

  it('keeps states of tomorrow as they are: none is taken for a known one', () => {
    const fresh = {
      ...cardAnswer,
      state: 'FROZEN',
      unfinished_reason: 'OF_TOMORROW',
      pay_information: { ...cardAnswer.pay_information, pay_state: 'REVOKED' },
      rewards: [{ ...reward, count_type: 'COUNT_DAILY' }],
      fresh: 1,
    }
    expect(v.parse(Card, fresh)).toEqual(fresh)
  })

  it.each<[string, object]>([
    ['nobody', { openid: undefined }],
    ['no number', { out_card_code: undefined }],
    ['no state', { state: undefined }],
    ['no period', { time_range: undefined }],
    ['a day that is none', { time_range: { ...endedNotice.time_range, end_time: '2015-02-29T00:00:00.12+08:00' } }],
    ['half a fen', { total_amount: 0.5 }],
    ['yuan', { total_amount: '1.00' }],
    ['money below nothing', { total_amount: -100 }],
    ['a payment without its sum', { pay_information: { pay_state: 'PAID' } }],
    ['a goal without its id', { objectives: [{ ...objective, objective_id: undefined }] }],
    ['a goal counted in words', { objectives: [{ ...objective, count: '三次' }] }],
    ['a reward without its sum', { rewards: [{ ...reward, amount: undefined }] }],
    [
      'a record without its serial number',
      {
        rewards: [
          {
            ...reward,
            reward_usage_records: [{ ...reward.reward_usage_records[0], amount: 1, reward_usage_serial_no: undefined }],
          },
        ],
      },
    ],
    ['goals that are none', { objectives: {} }],
  ])('with %s is not believed', (_, change) => {
    refuses(change)
  })
})

describe('扣费状态变化', () => {
  it.each([
    ['set right', paidNotice],
    ['as printed, ONGOING and PAYING', paidNoticeAsPrinted],
  ])('%s is read as it is', (_, notice) => {
    expect(v.parse(ChargedCard, notice)).toEqual(notice)
  })

  it('has sums as text where the table says so, and none where nothing is due', () => {
    const pay_information = { ...paidNotice.pay_information, pay_amount: '1000' }
    const asText = v.parse(ChargedCard, { ...paidNotice, total_amount: '1000', pay_information })
    expect(asText).toEqual(paidNotice)
    const { pay_information: _, unfinished_reason: __, ...finished } = { ...paidNotice, state: 'FINISHED' }
    expect(v.parse(ChargedCard, { ...finished, total_amount: 0 })).toMatchObject({ state: 'FINISHED', total_amount: 0 })
  })
})
