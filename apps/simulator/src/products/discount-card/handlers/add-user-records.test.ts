import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type RunningSimulator, startSimulator } from '../../../index.ts'
import { DAY_SECONDS, TestCard, TestCards } from '../../../testing/discount-card.ts'
import { TestMerchant } from '../../../testing/merchant.ts'

let simulator: RunningSimulator
let merchant: TestMerchant
let cards: TestCards
let card: TestCard

const terms = {
  objectives: [
    { name: '购买三次', count: 3, unit: '次' },
    { name: '到店两次', count: 2, unit: '次' },
  ],
  rewards: [
    { name: '八折', unit: '次', amountFen: 1000 },
    { name: '免单', countType: 'COUNT_LIMIT', count: 2, unit: '次', amountFen: 500 },
  ],
}

beforeAll(async () => {
  simulator = await startSimulator()
})
afterAll(() => simulator.close())
beforeEach(async () => {
  merchant = await TestMerchant.open(simulator.port)
  cards = await TestCards.of(merchant, terms)
  card = await cards.take()
})

const refused = (field: string, code = 'INVALID_REQUEST', status = 400) => ({
  status,
  json: { code, message: expect.stringMatching(/./), detail: { field, issue: expect.stringMatching(/./) } },
})
const goal = (at: number) => cards.template.objectives[at]?.objectiveId
const reward = (at: number) => cards.template.rewards[at]?.rewardId
const DECREASED = { completion_type: 'DECREASE' }
const USE_DECREASED = { usage_type: 'DECREASE' }
const COUNT = '/reward_usage_records/0/usage_count'
const AMOUNT = '/reward_usage_records/0/amount'

/** A call that is refused and leaves the card as it was. */
const expectRefused = async (call: () => Promise<object>, expected: object) => {
  const before = await card.query()
  expect(await call()).toMatchObject(expected)
  expect(await card.query()).toEqual(before)
}

describe('增加用户记录', () => {
  test('answers 204 without a body, signed', async () => {
    const answer = await card.complete()
    expect([answer.status, answer.text]).toEqual([204, ''])
    expect(answer.headers['wechatpay-signature']).toBeTruthy()
  })

  test('takes a record of a goal and one of a reward in one call, or one of the two', async () => {
    const both = { objective_completion_records: [card.completion()], reward_usage_records: [card.usage()] }
    expect((await card.add(both)).status).toBe(204)
    expect(
      (await card.add({ objective_completion_records: [card.completion()], reward_usage_records: [] })).status,
    ).toBe(204)
    expect((await card.use(100)).status).toBe(204)
    expect(await card.shown()).toMatchObject({
      objectives: [{ completed: 2 }, { completed: 0 }],
      rewards: [{ used: 2, usedFen: 200 }, { used: 0 }],
      totalFen: 200,
    })
  })

  test('undoes what was done, down to nothing', async () => {
    await card.add({ objective_completion_records: [card.completion({ completion_count: 2 })] })
    await card.use(300, { usage_count: 2 })
    expect((await card.complete({ ...DECREASED, completion_count: 2 })).status).toBe(204)
    expect((await card.use(300, { ...USE_DECREASED, usage_count: 2 })).status).toBe(204)
    expect(await card.shown()).toMatchObject({ totalFen: 0, objectives: [{ completed: 0 }, {}] })
  })

  test('of a card that nobody has taken is refused', async () => {
    const body = cards.prepareBody()
    await cards.prepare(body)
    const untaken = new TestCard(cards, body.out_card_code)
    expect(await untaken.complete()).toMatchObject(refused('out_card_code', 'RESOURCE_NOT_EXISTS', 404))
  })

  test.each([
    ['another template', { card_template_id: 'OTHER' }, '/card_template_id'],
    ['a goal that the card does not have', { objective_id: 'OTHER' }, '/objective_completion_records/0/objective_id'],
    ['a reward that the card does not have', { reward_id: 'OTHER' }, '/reward_usage_records/0/reward_id'],
  ])('with %s is refused', async (_, change, field) => {
    const completion = card.completion('objective_id' in change ? change : {})
    const usage = card.usage('reward_id' in change ? change : {})
    const body = { objective_completion_records: [completion], reward_usage_records: [usage] }
    const template = 'card_template_id' in change ? change : {}
    await expectRefused(() => card.add({ ...body, ...template }), refused(field))
  })

  test('with the goal of another template is refused', async () => {
    const other = await TestCards.of(merchant)
    const objective_id = other.template.objectives[0]?.objectiveId
    await expectRefused(() => card.complete({ objective_id }), refused('/objective_completion_records/0/objective_id'))
  })
})

describe('what one call may hold', () => {
  const malformed = (field: string) => refused(field, 'PARAM_ERROR')

  test('not two records of goals: the guide’s own sample, with one serial number twice', async () => {
    const record = card.completion()
    await expectRefused(
      () => card.add({ objective_completion_records: [record, record], reward_usage_records: [card.usage()] }),
      malformed('/objective_completion_records'),
    )
  })

  test('not two records of rewards', async () => {
    const reward_usage_records = [card.usage(), card.usage()]
    await expectRefused(() => card.add({ reward_usage_records }), malformed('/reward_usage_records'))
  })

  test.each([
    ['nothing', {}],
    ['two empty lists', { objective_completion_records: [], reward_usage_records: [] }],
  ])('not %s', async (_, body) => {
    await expectRefused(() => card.add(body), { status: 400, json: { code: 'PARAM_ERROR' } })
  })

  test.each([
    ['completion_count', 0],
    ['completion_type', 'UNDO'],
    ['objective_completion_serial_no', 'with-dashes'],
    ['completion_time', '2015-05-20 13:29:35'],
    ['description', '一'.repeat(21)],
  ])('not a goal’s %s of %j', async (member, value) => {
    const field = `/objective_completion_records/0/${member}`
    await expectRefused(() => card.complete({ [member]: value }), malformed(field))
  })

  test('not a negative sum, nor none', async () => {
    await expectRefused(() => card.use(0), malformed(AMOUNT))
    await expectRefused(() => card.use(-1), malformed(AMOUNT))
  })

  test('all of it or nothing: a broken record of either kind takes the other with it', async () => {
    const completion = card.completion()
    const usage = card.usage()
    await expectRefused(
      () =>
        card.add({ objective_completion_records: [completion], reward_usage_records: [card.usage({ amount: 1001 })] }),
      refused(AMOUNT),
    )
    await expectRefused(
      () => card.add({ objective_completion_records: [card.completion(DECREASED)], reward_usage_records: [usage] }),
      refused('/objective_completion_records/0/completion_count'),
    )
    // Their numbers were not used up by that.
    await card.add({ objective_completion_records: [completion], reward_usage_records: [usage] })
    expect(await card.shown()).toMatchObject({ records: 2 })
  })
})

describe('running totals', () => {
  test('of a goal are not below zero, goal by goal', async () => {
    await card.complete({ completion_count: 2 })
    const field = '/objective_completion_records/0/completion_count'
    await expectRefused(() => card.complete({ ...DECREASED, completion_count: 3 }), refused(field))
    await expectRefused(() => card.complete({ ...DECREASED, objective_id: goal(1) }), refused(field))
    expect((await card.complete({ ...DECREASED, completion_count: 2 })).status).toBe(204)
  })

  test('of a goal may be above what was promised', async () => {
    expect((await card.complete({ completion_count: 5 })).status).toBe(204)
    expect(await card.shown()).toMatchObject({ state: 'ONGOING', objectives: [{ completed: 5 }, { completed: 0 }] })
  })

  test('of a reward’s sum are not above that of the template, reward by reward', async () => {
    expect((await card.use(1000)).status).toBe(204)
    await expectRefused(() => card.use(1), refused(AMOUNT))
    await expectRefused(() => card.use(501, { reward_id: reward(1) }), refused(AMOUNT))
    expect((await card.use(500, { reward_id: reward(1) })).status).toBe(204)
    await card.use(400, USE_DECREASED)
    await expectRefused(() => card.use(401), refused(AMOUNT))
    expect((await card.use(400)).status).toBe(204)
  })

  test('of a reward’s sum and count are not below zero', async () => {
    await card.use(100)
    await expectRefused(() => card.use(101, USE_DECREASED), refused(AMOUNT))
    await expectRefused(() => card.use(100, { ...USE_DECREASED, usage_count: 2 }), refused(COUNT))
    await expectRefused(() => card.use(100, { ...USE_DECREASED, reward_id: reward(1) }), refused(COUNT))
    expect((await card.use(100, USE_DECREASED)).status).toBe(204)
  })

  test('of a reward’s count are not above its limit, where it has one', async () => {
    expect((await card.use(1, { usage_count: 50 })).status).toBe(204)
    const limited = { reward_id: reward(1) }
    expect((await card.use(1, { ...limited, usage_count: 2 })).status).toBe(204)
    await expectRefused(() => card.use(1, limited), refused(COUNT))
    await card.use(1, { ...limited, ...USE_DECREASED })
    expect((await card.use(1, limited)).status).toBe(204)
  })
})

describe('a serial number that was used', () => {
  test('succeeds and does nothing, whatever else the record says', async () => {
    const first = card.completion()
    await card.add({ objective_completion_records: [first] })
    const before = await card.query()
    const others = [{}, { completion_count: 9 }, DECREASED, { objective_id: goal(1) }, { objective_id: 'UNKNOWN' }]
    for (const change of others) {
      const answer = await card.add({ objective_completion_records: [{ ...first, ...change }] })
      expect(answer.status, JSON.stringify(change)).toBe(204)
    }
    expect(await card.query()).toEqual(before)
  })

  test('of a reward does the same, even for a sum that would be refused', async () => {
    const first = card.usage()
    await card.add({ reward_usage_records: [first] })
    const before = await card.query()
    expect((await card.add({ reward_usage_records: [{ ...first, amount: 99_999 }] })).status).toBe(204)
    expect(await card.query()).toEqual(before)
  })

  test('lets the other record of the call through, and only that', async () => {
    const first = card.usage()
    await card.add({ reward_usage_records: [first] })
    await card.add({ objective_completion_records: [card.completion()], reward_usage_records: [first] })
    expect(await card.shown()).toMatchObject({ records: 2, totalFen: 100, objectives: [{ completed: 1 }, {}] })
  })

  test('is used for either kind and for every card of the merchant', async () => {
    const serial = 'SERIAL1'
    await card.complete({ objective_completion_serial_no: serial })
    expect((await card.use(100, { reward_usage_serial_no: serial })).status).toBe(204)
    const other = await cards.take({}, 'oOther')
    expect((await other.complete({ objective_completion_serial_no: serial })).status).toBe(204)
    expect([await card.shown(), await other.shown()]).toMatchObject([{ records: 1 }, { records: 0 }])
  })

  test('of one call is good for the goal, not for the reward as well', async () => {
    const completion = card.completion({ objective_completion_serial_no: 'SERIAL2' })
    const usage = card.usage({ reward_usage_serial_no: 'SERIAL2' })
    await card.add({ objective_completion_records: [completion], reward_usage_records: [usage] })
    expect(await card.shown()).toMatchObject({ records: 1, totalFen: 0 })
  })

  test('at another merchant of the world is another number', async () => {
    const joined = await TestMerchant.open(simulator.port, { joins: merchant.info.mchid })
    const theirs = await TestCard.take(joined)
    await theirs.complete({ objective_completion_serial_no: 'SERIAL3' })
    await card.complete({ objective_completion_serial_no: 'SERIAL3' })
    expect([await card.shown(), await theirs.shown()]).toMatchObject([{ records: 1 }, { records: 1 }])
  })
})

test('a card whose time is over takes records while it settles', async () => {
  await card.use(100)
  await merchant.advance(7 * DAY_SECONDS)
  expect((await card.use(100, USE_DECREASED)).status).toBe(204)
  expect((await card.complete()).status).toBe(204)
  expect(await card.shown()).toMatchObject({ state: 'SETTLING', totalFen: 0, objectives: [{ completed: 1 }, {}] })
})

describe('a card that has ended', () => {
  const ended = refused('out_card_code')
  test.each<[string, () => Promise<unknown>]>([
    [
      'finished',
      async () => {
        await card.complete({ completion_count: 3 })
        await card.complete({ objective_id: goal(1), completion_count: 2 })
      },
    ],
    ['was given up', () => card.quit()],
    ['was settled', () => merchant.advance(9 * DAY_SECONDS)],
  ])('because it %s takes no record, new or repeated', async (_, end) => {
    const first = card.usage()
    await card.add({ reward_usage_records: [first] })
    await end()
    await expectRefused(() => card.use(1), ended)
    await expectRefused(() => card.complete(DECREASED), ended)
    await expectRefused(() => card.add({ reward_usage_records: [first] }), ended)
  })

  test('says first that the template is another’s', async () => {
    await card.quit()
    const body = { card_template_id: 'OTHER', reward_usage_records: [card.usage()] }
    await expectRefused(() => card.add(body), refused('/card_template_id'))
  })
})
