import { schema, states } from '@shouyin/wechatpay-core/discount-card'
import * as v from 'valibot'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type RunningSimulator, startSimulator } from '../../../index.ts'
import { DAY_SECONDS, TestCards } from '../../../testing/discount-card.ts'
import { TestMerchant } from '../../../testing/merchant.ts'

let simulator: RunningSimulator
let merchant: TestMerchant
let cards: TestCards

beforeAll(async () => {
  simulator = await startSimulator()
})
afterAll(() => simulator.close())
beforeEach(async () => {
  merchant = await TestMerchant.open(simulator.port)
  cards = await TestCards.of(merchant)
})

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+08:00$/
const unknown = {
  status: 404,
  json: { code: 'RESOURCE_NOT_EXISTS', detail: { field: 'out_card_code', location: 'url' } },
}

describe('查询先享卡订单', () => {
  test('answers whose card it is, its terms, its time with fractions, and no records yet', async () => {
    const card = await cards.take({ out_card_code: 'CARD-1' }, 'oHolder')
    const answer = await card.query()
    expect(answer).toEqual({
      card_id: expect.stringMatching(/^[0-9a-f]{32}$/),
      card_template_id: cards.template.cardTemplateId,
      openid: 'oHolder',
      out_card_code: 'CARD-1',
      appid: merchant.info.appid,
      mchid: merchant.info.mchid,
      state: 'ONGOING',
      time_range: { begin_time: answer.create_time, end_time: expect.stringMatching(INSTANT) },
      create_time: expect.stringMatching(INSTANT),
      total_amount: 0,
      objectives: [
        {
          objective_id: cards.template.objectives[0]?.objectiveId,
          name: '一周购买三次商品',
          count: 3,
          unit: '次',
          description: '特价商品',
          objective_completion_records: [],
        },
      ],
      rewards: [
        {
          reward_id: cards.template.rewards[0]?.rewardId,
          name: '八折优惠',
          count_type: 'COUNT_UNLIMITED',
          count: 1,
          unit: '次',
          amount: 3000,
          reward_usage_records: [],
        },
      ],
    })
    const { begin_time: begin, end_time: end } = answer.time_range
    expect(Date.parse(end) - Date.parse(begin)).toBe(7 * DAY_SECONDS * 1000)
  })

  test('answers records as they were given, each with its goal or reward, and the sum', async () => {
    const card = await cards.take()
    const completion = card.completion({ remark: '特价商品', completion_time: '2015-05-20T13:29:35.12+08:00' })
    const usage = card.usage({ amount: 300 })
    const taken = card.usage({ amount: 100, usage_type: 'DECREASE' })
    await card.add({ objective_completion_records: [completion], reward_usage_records: [usage] })
    await card.add({ reward_usage_records: [taken] })
    const answer = await card.query()
    expect(answer.total_amount).toBe(200)
    expect(answer.objectives[0].objective_completion_records).toEqual([completion])
    expect(answer.rewards[0].reward_usage_records).toEqual([usage, taken])
  })

  test('lists each record under its own goal or reward', async () => {
    const terms = {
      objectives: [
        { name: '购买', count: 3, unit: '次' },
        { name: '到店', count: 3, unit: '次' },
      ],
      rewards: [
        { name: '八折', unit: '次', amountFen: 1000 },
        { name: '免单', unit: '次', amountFen: 1000 },
      ],
    }
    const two = await TestCards.of(merchant, terms)
    const card = await two.take()
    const done = two.template.objectives.map(({ objectiveId }) => card.completion({ objective_id: objectiveId }))
    const used = two.template.rewards.map(({ rewardId }) => card.usage({ reward_id: rewardId }))
    for (const record of done) await card.add({ objective_completion_records: [record] })
    for (const record of used) await card.add({ reward_usage_records: [record] })
    const { objectives, rewards } = await card.query()
    const records = objectives.map((one: Record<string, unknown>) => one.objective_completion_records)
    expect(records).toEqual(done.map((record) => [record]))
    const uses = rewards.map((one: Record<string, unknown>) => one.reward_usage_records)
    expect(uses).toEqual(used.map((record) => [record]))
  })

  test('is in every state what a client reads, with states that it knows', async () => {
    const ends = [
      async (card: Awaited<ReturnType<TestCards['take']>>) => card.complete({ completion_count: 3 }),
      async (card: Awaited<ReturnType<TestCards['take']>>) => card.quit(),
      async () => merchant.advance(7 * DAY_SECONDS),
    ]
    const seen = []
    for (const end of ends) {
      const card = await cards.take()
      await card.use(100)
      await end(card)
      seen.push(v.parse(states.CardState, v.parse(schema.Card, await card.query()).state))
    }
    expect(seen).toEqual(['FINISHED', 'UNFINISHED', 'SETTLING'])
  })

  test('of a card that was never prepared, or that nobody has taken, is refused', async () => {
    expect(await cards.query('NEVER')).toMatchObject(unknown)
    const body = cards.prepareBody()
    await cards.prepare(body)
    expect(await cards.query(body.out_card_code)).toMatchObject(unknown)
  })

  test('of another merchant’s card is refused, also in the same world', async () => {
    const { code } = await cards.take()
    const joined = await TestMerchant.open(simulator.port, { joins: merchant.info.mchid })
    expect(await (await TestCards.of(joined)).query(code)).toMatchObject(unknown)
  })

  test('keeps the terms of its template as they were when it was taken', async () => {
    const card = await cards.take()
    const before = await card.query()
    await cards.changeTemplate({ isActive: false, whitelist: ['oNobody'] })
    expect(await card.query()).toEqual(before)
    expect((await card.use(100)).status).toBe(204)
  })
})
