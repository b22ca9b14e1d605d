import { takeCardPage } from '@shouyin/wechatpay-core/protocol'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type RunningSimulator, startSimulator } from '../../../index.ts'
import { DAY_SECONDS, TestCard, TestCards } from '../../../testing/discount-card.ts'
import { TestMerchant } from '../../../testing/merchant.ts'
import { Restartable } from '../../../testing/payscore.ts'

let simulator: RunningSimulator
let merchant: TestMerchant
let card: TestCard

const WEEK_SECONDS = 7 * DAY_SECONDS

beforeAll(async () => {
  simulator = await startSimulator()
})
afterAll(() => simulator.close())
beforeEach(async () => {
  merchant = await TestMerchant.open(simulator.port)
  // Not while a slow test looks.
  await merchant.control('PUT', '/switches', { cardDeductionSeconds: 600 })
  card = await TestCard.take(merchant)
})

const transactions = async () => (await merchant.control('GET', '/transactions')).json.transactions

describe('a promise that is kept', () => {
  test('is FINISHED with the last thing done, at once, and costs nothing', async () => {
    await card.use(100)
    await card.complete({ completion_count: 2 })
    expect((await card.query()).state).toBe('ONGOING')
    await card.complete()
    const answer = await card.query()
    expect(answer).toMatchObject({ state: 'FINISHED', total_amount: 100 })
    expect(answer).not.toHaveProperty('unfinished_reason')
    expect(answer).not.toHaveProperty('pay_information')
    await merchant.advance(30 * DAY_SECONDS)
    expect(await card.query()).toEqual(answer)
    expect(await transactions()).toEqual([])
  })

  test('is so only when every goal is done', async () => {
    const objectives = [
      { name: '购买', count: 1, unit: '次' },
      { name: '到店', count: 1, unit: '次' },
    ]
    const both = await TestCard.take(merchant, { objectives })
    await both.complete({ completion_count: 2 })
    expect((await both.query()).state).toBe('ONGOING')
    await both.complete({ objective_id: both.cards.template.objectives[1]?.objectiveId })
    expect((await both.query()).state).toBe('FINISHED')
  })

  test('brings the last discount too, when both come in one call', async () => {
    await card.complete({ completion_count: 2 })
    await card.add({ objective_completion_records: [card.completion()], reward_usage_records: [card.usage()] })
    expect(await card.query()).toMatchObject({ state: 'FINISHED', total_amount: 100 })
  })
})

describe('a promise whose time is over', () => {
  test('is settling for a day, then UNFINISHED, and what was enjoyed is due', async () => {
    await card.use(100)
    await merchant.advance(WEEK_SECONDS - 60)
    expect((await card.query()).state).toBe('ONGOING')
    await merchant.advance(60)
    expect((await card.query()).state).toBe('SETTLING')
    expect((await card.quit()).status).toBe(409)
    await merchant.advance(DAY_SECONDS - 60)
    expect((await card.query()).state).toBe('SETTLING')
    await merchant.advance(60)
    expect(await card.query()).toMatchObject({
      state: 'UNFINISHED',
      unfinished_reason: 'DUE_TO_QUIT',
      total_amount: 100,
      pay_information: { pay_amount: 100, pay_state: 'PAYING' },
    })
  })

  test('is still corrected while it settles, and what it comes to then counts', async () => {
    await card.use(100)
    await card.complete({ completion_count: 2 })
    await merchant.advance(WEEK_SECONDS)
    await card.use(100, { usage_type: 'DECREASE' })
    await card.complete()
    expect((await card.query()).state).toBe('SETTLING')
    await card.complete({ completion_type: 'DECREASE' })
    await card.complete()
    await merchant.advance(DAY_SECONDS)
    expect(await card.query()).toMatchObject({ state: 'FINISHED', total_amount: 0 })
  })

  test('settles as long as the switch says, or until it is ended by hand', async () => {
    await merchant.control('PUT', '/switches', { cardSettlingSeconds: 120 })
    await merchant.advance(WEEK_SECONDS + 60)
    expect(await card.shown()).toMatchObject({ state: 'SETTLING', settleAt: expect.any(String) })
    await merchant.advance(60)
    expect(await card.shown()).toMatchObject({ state: 'UNFINISHED', settleAt: null })
    const second = await card.cards.take()
    expect((await second.settle()).status).toBe(409)
    await merchant.advance(WEEK_SECONDS)
    expect((await second.settle()).json).toMatchObject({ state: 'UNFINISHED', unfinishedReason: 'DUE_TO_QUIT' })
    expect((await second.settle()).status).toBe(409)
  })

  test('costs nothing when nothing was enjoyed', async () => {
    await card.use(100)
    await card.use(100, { usage_type: 'DECREASE' })
    await merchant.advance(WEEK_SECONDS + DAY_SECONDS + 60)
    const answer = await card.query()
    expect(answer).toMatchObject({ state: 'UNFINISHED', total_amount: 0 })
    expect(answer).not.toHaveProperty('pay_information')
    expect(await transactions()).toEqual([])
  })
})

describe('a promise that is given up', () => {
  test('is UNFINISHED at once, for good', async () => {
    await card.use(100)
    expect((await card.quit()).status).toBe(200)
    expect(await card.query()).toMatchObject({
      state: 'UNFINISHED',
      unfinished_reason: 'EARLY_QUIT',
      pay_information: { pay_amount: 100, pay_state: 'PAYING' },
    })
    expect((await card.quit()).status).toBe(409)
    await merchant.advance(30 * DAY_SECONDS)
    expect(await card.query()).toMatchObject({ state: 'UNFINISHED', unfinished_reason: 'EARLY_QUIT' })
    expect(await transactions()).toHaveLength(1)
  })

  test('is not possible after it was kept', async () => {
    await card.complete({ completion_count: 3 })
    expect((await card.quit()).status).toBe(409)
    expect((await card.query()).state).toBe('FINISHED')
  })
})

describe('a restart', () => {
  let restartable: Restartable
  beforeEach(async () => {
    restartable = await Restartable.open()
    return () => restartable.close()
  })
  const restarted = async (before: TestCard) => before.at(await restartable.start())

  test('forgets no card, no record, and no serial number that was used', async () => {
    const before = await TestCard.take(await restartable.start())
    const record = before.completion()
    await before.add({ objective_completion_records: [record] })
    const card = await before.query()
    const after = await restarted(before)
    expect(await after.query()).toEqual(card)
    expect((await after.add({ objective_completion_records: [record] })).status).toBe(204)
    expect(await after.query()).toEqual(card)
  })

  test('leaves a token as good as it was', async () => {
    const cards = await TestCards.of(await restartable.start())
    const { code, token } = await cards.prepared()
    const after = new TestCards(await restartable.start(), cards.template)
    await after.visit(takeCardPage(token).path, 'take', 'oLater')
    expect((await after.query(code)).json).toMatchObject({ openid: 'oLater', state: 'ONGOING' })
  })

  test('while it is ongoing lets it end in time', async () => {
    const after = await restarted(await TestCard.take(await restartable.start()))
    await after.merchant.advance(WEEK_SECONDS - 60)
    expect((await after.query()).state).toBe('ONGOING')
    await after.merchant.advance(60)
    expect((await after.query()).state).toBe('SETTLING')
  })

  test('while it settles keeps the moment at which that ends, whatever the switch says now', async () => {
    const before = await TestCard.take(await restartable.start())
    await before.merchant.advance(WEEK_SECONDS)
    const { settleAt } = await before.shown()
    await before.merchant.control('PUT', '/switches', { cardSettlingSeconds: 1 })
    const after = await restarted(before)
    expect((await after.shown()).settleAt).toBe(settleAt)
    await after.complete({ completion_count: 3 })
    await after.merchant.advance(DAY_SECONDS - 60)
    expect((await after.query()).state).toBe('SETTLING')
    await after.merchant.advance(60)
    expect((await after.query()).state).toBe('FINISHED')
  })
})
