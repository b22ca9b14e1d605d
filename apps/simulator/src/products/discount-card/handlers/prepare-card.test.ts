import { takeCardPage } from '@shouyin/wechatpay-core/protocol'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type RunningSimulator, startSimulator } from '../../../index.ts'
import { TestCards } from '../../../testing/discount-card.ts'
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

const refused = (status: number, code: string, field: string) => ({
  status,
  json: { code, message: expect.stringMatching(/./), detail: { field, location: 'body' } },
})
const shown = async (code: string) => (await merchant.control('GET', `/discount-card/cards/${code}`)).json
const takePath = ({ prepare_card_token: token }: { readonly prepare_card_token: string }) => takeCardPage(token).path

describe('预受理领卡请求', () => {
  test('answers a token, and nothing else: there is no card yet', async () => {
    const body = cards.prepareBody()
    const answer = await cards.prepare(body)
    expect(answer).toMatchObject({
      status: 200,
      json: { prepare_card_token: expect.stringMatching(/^[\w-]{100,256}$/) },
    })
    expect(Object.keys(answer.json)).toEqual(['prepare_card_token'])
    expect(await shown(body.out_card_code)).toMatchObject({ state: 'PREPARED', token: answer.json.prepare_card_token })
    expect((await cards.query(body.out_card_code)).status).toBe(404)
  })

  test('again with the same parameters gets one more token; each of them opens the card', async () => {
    const body = cards.prepareBody()
    const first = await cards.prepare(body)
    const second = await cards.prepare(Object.fromEntries(Object.entries(body).reverse()))
    expect(second.status).toBe(200)
    expect(second.json.prepare_card_token).not.toBe(first.json.prepare_card_token)
    for (const { json } of [first, second]) {
      expect((await cards.visit(takePath(json), 'open')).page.actions).toMatchObject([{ action: 'take' }])
    }
    await cards.visit(takePath(first.json), 'take', 'o')
    expect(await shown(body.out_card_code)).toMatchObject({ state: 'ONGOING', openid: 'o' })
  })

  test.each([
    ['address', { notify_url: 'http://127.0.0.1:9/other' }],
    ['template', { card_template_id: 'ANOTHER' }],
  ])('again with another %s is refused, before and after it was taken', async (_, change) => {
    const body = cards.prepareBody()
    await cards.prepare(body)
    const again = refused(400, 'INVALID_REQUEST', '/out_card_code')
    expect(await cards.prepare({ ...body, ...change })).toMatchObject(again)
    await cards.act(body.out_card_code, 'take', { openid: 'o' })
    expect(await cards.prepare({ ...body, ...change })).toMatchObject(again)
  })

  test('again after it was taken answers a token, and the card stays with its holder', async () => {
    const card = await cards.take({ out_card_code: 'TAKEN' })
    const before = await card.query()
    const answer = await cards.prepare(cards.prepareBody({ out_card_code: 'TAKEN' }))
    expect(answer).toMatchObject({ status: 200, json: { prepare_card_token: expect.any(String) } })
    expect((await cards.visit(takePath(answer.json), 'take', 'oLater')).page.actions).toEqual([])
    expect(await card.query()).toEqual(before)
  })

  test('of a template that is not there, or is another merchant’s, is refused', async () => {
    const other = await TestMerchant.open(simulator.port, { joins: merchant.info.mchid })
    const { template } = await TestCards.of(other)
    for (const id of ['UNKNOWN', template.cardTemplateId]) {
      const answer = await cards.prepare(cards.prepareBody({ card_template_id: id }))
      expect(answer).toMatchObject(refused(404, 'RESOURCE_NOT_EXISTS', '/card_template_id'))
      expect(answer.json.detail).toMatchObject({ value: id, issue: expect.stringContaining(merchant.info.mchid) })
    }
  })

  test('of a template that is not active is not refused: the page will say so', async () => {
    await cards.changeTemplate({ isActive: false })
    expect((await cards.prepare()).status).toBe(200)
  })

  test('for another mini-program is refused', async () => {
    const answer = await cards.prepare(cards.prepareBody({ appid: 'wx0000000000000000' }))
    expect(answer).toMatchObject(refused(400, 'PARAM_ERROR', '/appid'))
  })

  test('with an equal number at another merchant of the world is another card', async () => {
    const joined = await TestMerchant.open(simulator.port, { joins: merchant.info.mchid })
    const theirs = await (await TestCards.of(joined)).take({ out_card_code: 'SAME' })
    expect((await cards.query('SAME')).status).toBe(404)
    const ours = await cards.take({ out_card_code: 'SAME' }, 'oOther')
    expect((await ours.query()).openid).toBe('oOther')
    expect((await theirs.query()).card_id).not.toBe((await ours.query()).card_id)
  })

  test.each([
    ['a number with a character that WeChat does not know', { out_card_code: 'A.B' }, '/out_card_code'],
    ['a number of 33 characters', { out_card_code: 'A'.repeat(33) }, '/out_card_code'],
    ['an address with a query string', { notify_url: 'https://pay.example.com/?a=1' }, '/notify_url'],
    ['no template', { card_template_id: undefined }, '/card_template_id'],
    ['an openid', { openid: 'oTestShopper' }, '/openid'],
  ])('with %s is refused', async (_, change, field) => {
    expect(await cards.prepare(cards.prepareBody(change))).toMatchObject(refused(400, 'PARAM_ERROR', field))
  })
})
