import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type RunningSimulator, startSimulator } from '../index.ts'
import { TestCards, templateInput } from '../testing/discount-card.ts'
import { TestMerchant } from '../testing/merchant.ts'
import { problem } from '../testing/problem.ts'

let simulator: RunningSimulator
let merchant: TestMerchant

beforeAll(async () => {
  simulator = await startSimulator()
})
afterAll(() => simulator.close())
beforeEach(async () => {
  merchant = await TestMerchant.open(simulator.port)
})

const refused = (field: string, message: string | RegExp) => ({
  status: 400,
  json: { error: { code: 'INVALID_INPUT', field, message: expect.stringMatching(message) } },
})
const get = async (path: string) => (await merchant.control('GET', `/discount-card/${path}`)).json
const make = (body: object) => merchant.control('POST', '/discount-card/templates', body)

describe('a template', () => {
  test('is made as WeChat’s staff would make it, active and for everybody unless it says otherwise', async () => {
    const made = await make(templateInput({ cardTemplateId: 'three-times' }))
    expect(made).toMatchObject({ status: 201 })
    expect(made.json).toEqual({
      cardTemplateId: 'three-times',
      mchid: merchant.info.mchid,
      name: '一周三次八折卡',
      objectives: [
        {
          objectiveId: expect.stringMatching(/^\d{12}$/),
          name: '一周购买三次商品',
          count: 3,
          unit: '次',
          description: '特价商品',
        },
      ],
      rewards: [
        {
          rewardId: expect.stringMatching(/^\d{12}$/),
          name: '八折优惠',
          countType: 'COUNT_UNLIMITED',
          count: 1,
          unit: '次',
          amountFen: 3000,
          description: null,
        },
      ],
      durationSeconds: 7 * 86_400,
      isActive: true,
      opensAt: null,
      closesAt: null,
      whitelist: null,
      createdAt: expect.stringMatching(/\+08:00$/),
    })
    expect(await get('templates/three-times')).toEqual(made.json)
    const second = (await make(templateInput({ durationDays: undefined, durationSeconds: 90 }))).json
    expect(second).toMatchObject({ cardTemplateId: expect.stringMatching(/^[0-9a-f]{32}$/), durationSeconds: 90 })
    expect((await get('templates')).templates).toEqual([second, made.json])
  })

  test('changes in what is named, and stays when its world is emptied', async () => {
    const cards = await TestCards.of(merchant)
    const opensAt = '2026-01-02T00:00:00+08:00'
    const changed = await cards.changeTemplate({ isActive: false, opensAt, whitelist: ['oOne'] })
    expect(changed).toMatchObject({
      status: 200,
      json: { isActive: false, opensAt, closesAt: null, whitelist: ['oOne'] },
    })
    expect((await cards.changeTemplate({ opensAt: null, whitelist: null })).json).toEqual({
      ...changed.json,
      opensAt: null,
      whitelist: null,
    })
    await merchant.control('POST', '/reset')
    expect((await get('templates')).templates).toHaveLength(1)
  })

  test.each([
    [{ name: '' }, 'name', 'at least 1 character'],
    [{ name: undefined }, 'name', 'is required'],
    [{ objectives: [] }, 'objectives', 'at least one'],
    [{ objectives: 'x' }, 'objectives', 'must be a list'],
    [{ objectives: [{ name: 'x', count: 0, unit: '次' }] }, 'objectives.0.count', 'at least 1'],
    [{ rewards: undefined }, 'rewards', 'is required'],
    [{ rewards: [{ name: 'x', unit: '次', amountFen: 0 }] }, 'rewards.0.amountFen', 'at least 1 fen'],
    [
      { rewards: [{ name: 'x', unit: '次', amountFen: 1, countType: 'COUNT_LIMIT' }] },
      'rewards.0.count',
      'COUNT_LIMIT',
    ],
    [{ rewards: [{ name: 'x', unit: '超过五个字的', amountFen: 1 }] }, 'rewards.0.unit', 'at most 5'],
    [{ durationSeconds: 5 }, 'durationSeconds', 'one of the two'],
    [{ durationDays: undefined }, 'durationSeconds', 'one of the two'],
    [{ durationDays: 5000 }, 'durationDays', 'at most 3650'],
    [{ cardTemplateId: 'a/b' }, 'cardTemplateId', '1 to 64 of'],
    [{ opensAt: 'tomorrow' }, 'opensAt', 'RFC 3339'],
    [{ opensAt: '2026-02-02T00:00:00Z', closesAt: '2026-02-01T00:00:00Z' }, 'closesAt', 'after opensAt'],
    [{ whitelist: [''] }, 'whitelist.0', 'at least 1 character'],
    [{ zzz: 1 }, 'zzz', 'leave it out'],
  ])('with %j is refused with its field and what is expected', async (changes, field, message) => {
    expect(await make(templateInput(changes))).toMatchObject(refused(field, message))
    expect((await get('templates')).templates).toEqual([])
  })

  test('is made once, is changed in nothing that a user has agreed to, and is of its world only', async () => {
    const { template } = await TestCards.of(merchant, { cardTemplateId: 'mine' })
    expect(await make(templateInput({ cardTemplateId: 'mine' }))).toMatchObject(
      problem(409, 'TEMPLATE_EXISTS', 'cardTemplateId'),
    )
    const put = (id: string, body: object) => merchant.control('PUT', `/discount-card/templates/${id}`, body)
    expect(await put('mine', { durationDays: 1 })).toMatchObject(refused('durationDays', 'leave it out'))
    expect(await put('mine', { isActive: 'no' })).toMatchObject(refused('isActive', 'true or false'))
    expect(await put('NOSUCH', {})).toMatchObject(problem(404, 'TEMPLATE_NOT_FOUND', 'cardTemplateId'))
    const stranger = await TestMerchant.open(simulator.port)
    expect((await stranger.control('GET', '/discount-card/templates/mine')).status).toBe(404)
    const partner = await TestMerchant.open(simulator.port, { joins: merchant.info.mchid })
    expect((await partner.control('GET', '/discount-card/templates/mine')).json).toEqual(template)
  })
})

describe('what a world has of cards', () => {
  test('is listed newest first, prepared or taken, and found by its number', async () => {
    const cards = await TestCards.of(merchant)
    const { code: taken } = await cards.take()
    const { code, token } = await cards.prepared()
    const list = (await get('cards')).cards
    expect(list).toMatchObject([
      { outCardCode: code, state: 'PREPARED', token },
      { outCardCode: taken, state: 'ONGOING', openid: 'oTestShopper', totalFen: 0 },
    ])
    expect(await get(`cards/${code}`)).toEqual(list[0])
    expect(await get(`cards/${taken}`)).toEqual(list[1])
    expect(await merchant.control('GET', '/discount-card/cards/NOSUCH')).toMatchObject(
      problem(404, 'CARD_NOT_FOUND', 'outCardCode'),
    )
  })
})

describe('the user, without a phone', () => {
  let cards: TestCards
  beforeEach(async () => {
    cards = await TestCards.of(merchant)
  })

  test('takes a card once, whoever he is', async () => {
    const { code } = await cards.prepared()
    expect(await cards.act(code, 'take', { openid: 'oSomebody' })).toMatchObject({
      status: 200,
      json: { outCardCode: code, openid: 'oSomebody', state: 'ONGOING' },
    })
    expect(await cards.act(code, 'take', { openid: 'oSomebody' })).toMatchObject(problem(409, 'CARD_TAKEN'))
    expect(await cards.act(code, 'take')).toMatchObject(problem(400, 'INVALID_INPUT', 'openid'))
  })

  test.each([
    ['not active', { isActive: false }, 'CARD_NOT_OPEN', '未能领取先享卡，先享卡未开放领取，敬请关注'],
    [
      'not open yet',
      { opensAt: '2099-01-01T00:00:00Z' },
      'CARD_NOT_OPEN',
      '未能领取先享卡，先享卡未开放领取，敬请关注',
    ],
    ['over', { closesAt: '2020-01-01T00:00:00Z' }, 'CARD_NOT_OPEN', '未能领取先享卡，先享卡未开放领取，敬请关注'],
    ['for others', { whitelist: ['oAnother'] }, 'NOT_ON_WHITELIST', '未通过申请，当前服务未上线'],
  ])('is refused when the template is %s, with WeChat’s words and the remedy', async (_, changes, code, words) => {
    await cards.changeTemplate(changes)
    const prepared = await cards.prepared()
    const answer = await cards.act(prepared.code, 'take', { openid: 'oTestShopper' })
    expect(answer).toMatchObject(problem(409, code))
    expect(answer.json.error.message).toMatch(`${words}: PUT /_sim/discount-card/templates/`)
    await cards.changeTemplate({ isActive: true, opensAt: null, closesAt: null, whitelist: ['oTestShopper'] })
    expect((await cards.act(prepared.code, 'take', { openid: 'oTestShopper' })).status).toBe(200)
  })

  test('takes with a token that is not too old; preparing again gives one', async () => {
    await merchant.control('PUT', '/switches', { cardTokenSeconds: 60 })
    const body = cards.prepareBody()
    await cards.prepare(body)
    await merchant.advance(60)
    const take = () => cards.act(body.out_card_code, 'take', { openid: 'oTestShopper' })
    expect(await take()).toMatchObject(problem(409, 'TOKEN_EXPIRED'))
    await cards.prepare(body)
    expect((await take()).status).toBe(200)
  })

  test('gives the card up, once; what he enjoyed is deducted as the caller says', async () => {
    const card = await cards.take()
    const { code } = card
    await card.buy(500)
    expect(await cards.act(code, 'deduct', { result: 'succeed' })).toMatchObject(problem(409, 'CARD_NOT_PAYING'))
    expect(await cards.act(code, 'quit')).toMatchObject({
      status: 200,
      json: { state: 'UNFINISHED', unfinishedReason: 'EARLY_QUIT', totalFen: 500, payState: 'PAYING' },
    })
    expect(await cards.act(code, 'quit')).toMatchObject(problem(409, 'CARD_STATE'))
    expect(await cards.act(code, 'deduct')).toMatchObject(problem(400, 'INVALID_INPUT', 'result'))
    const failed = await cards.act(code, 'deduct', { result: 'fail' })
    expect(failed).toMatchObject({ status: 200, json: { payState: 'PAYING', attempts: 1 } })
    expect(await cards.act(code, 'deduct', { result: 'succeed' })).toMatchObject({
      status: 200,
      json: { payState: 'PAID', attempts: 2, transactionId: expect.stringMatching(/^42000\d{23}$/) },
    })
    expect(await cards.act(code, 'deduct', { result: 'succeed' })).toMatchObject(problem(409, 'CARD_NOT_PAYING'))
  })

  test('who enjoyed nothing owes nothing', async () => {
    const { code } = await cards.take()
    expect(await cards.act(code, 'quit')).toMatchObject({ json: { state: 'UNFINISHED', payState: null } })
    expect((await merchant.control('GET', '/transactions')).json.transactions).toEqual([])
  })
})

test('a card that nobody has taken can neither be quit nor settled nor deducted', async () => {
  const cards = await TestCards.of(merchant)
  const { code } = await cards.prepared()
  for (const verb of ['quit', 'settle', 'deduct']) {
    expect(await cards.act(code, verb, { result: 'fail' })).toMatchObject(problem(409, 'CARD_NOT_TAKEN'))
  }
})

test('settling ends when it is told to, after the end of the card and not before', async () => {
  const cards = await TestCards.of(merchant)
  const card = await cards.take()
  const { code } = card
  await card.buy(500)
  expect(await cards.act(code, 'settle')).toMatchObject(problem(409, 'CARD_STATE'))
  await merchant.advance(7 * 86_400)
  expect((await get(`cards/${code}`)).state).toBe('SETTLING')
  expect(await cards.act(code, 'settle', { now: true })).toMatchObject(problem(400, 'INVALID_INPUT', 'now'))
  expect(await cards.act(code, 'settle')).toMatchObject({
    status: 200,
    json: { state: 'UNFINISHED', unfinishedReason: 'DUE_TO_QUIT', payState: 'PAYING' },
  })
})
