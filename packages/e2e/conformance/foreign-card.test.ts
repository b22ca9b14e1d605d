import { type RunningSimulator, startSimulator } from '@shouyin/simulator'
import { formatShanghaiMs } from '@shouyin/wechatpay-core/contract'
import { discountCard } from '@shouyin/wechatpay-core/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { foreign, openBackend, openForeign } from '../support/foreign.ts'

const { Formatter } = foreign
const { seedRecords } = discountCard

const CARDS = 'v3/discount-card/cards'
const CARD_APPID = 'wxcc2e4fbc5887661e'
const WEEK_SECONDS = 7 * 86_400
/** Three times in a week, and 20% off up to 30 yuan, three times. */
const TERMS = {
  name: '一周三次八折卡',
  objectives: [{ name: '一周购买三次商品', count: 3, unit: '次' }],
  rewards: [{ name: '八折优惠', countType: 'COUNT_LIMIT', count: 3, unit: '次', amountFen: 3000 }],
  durationDays: 7,
}

let simulator: RunningSimulator
let backend: Awaited<ReturnType<typeof openBackend>>

beforeAll(async () => {
  simulator = await startSimulator()
  backend = await openBackend()
})
beforeEach(() => {
  backend.deliveries.length = 0
})
afterAll(async () => {
  await backend.close()
  await simulator.close()
})

const newNumber = () => Formatter.nonce().slice(0, 24)

/** A merchant whose template WeChat's staff has made, and a foreign client that gives out its cards. */
async function openTemplate(mode: 'certificate' | 'public_key' | 'both') {
  const merchant = await openForeign(simulator.url, mode)
  const { control } = merchant
  const { cardTemplateId } = await control('POST', '/discount-card/templates', TERMS)
  const advance = (seconds: number) => control('POST', '/clock/advance', { seconds })
  /** The one notice that has come since, opened by the foreign client. */
  const heard = async (seconds = 1) => {
    await advance(seconds)
    const [delivery, ...more] = backend.deliveries.splice(0)
    if (!delivery || more.length > 0) throw new Error(`${more.length + (delivery ? 1 : 0)} notices came`)
    expect(merchant.verifies(delivery)).toBe(true)
    return { eventType: JSON.parse(delivery.body).event_type, ...merchant.open(delivery) }
  }
  return { ...merchant, cardTemplateId, advance, heard }
}

type Template = Awaited<ReturnType<typeof openTemplate>>

/** A number that was prepared; `take` opens WeChat's page with its token, as a phone does. */
async function prepareCard({ client, control, info, cardTemplateId }: Template) {
  const code = newNumber()
  const prepared = await client.request(CARDS, 'post', {
    out_card_code: code,
    card_template_id: cardTemplateId,
    appid: info.appid,
    notify_url: backend.url,
  })
  const token = encodeURIComponent(prepared.data.prepare_card_token)
  const take = (openid = 'o-foreign') =>
    control('POST', '/client/navigate-to-mini-program', {
      appid: info.appid,
      openid,
      appId: CARD_APPID,
      path: `/pages/get-card/get-card?prepare_card_token=${token}`,
      extraData: {},
      action: 'take',
    })
  const query = async () => (await client.request(`${CARDS}/${code}`, 'get')).data
  return { code, prepared, take, query }
}

/** A card that somebody took; `add` records one purchase, `bodyOf` makes its body. */
async function takeCard(template: Template) {
  const card = await prepareCard(template)
  await card.take()
  const accepted = await template.heard()
  const { cardTemplateId: card_template_id, client, control } = template
  const now = async () => formatShanghaiMs(new Date((await control('GET', '/clock')).now))
  const bodyOf = async (type: 'INCREASE' | 'DECREASE', fen: number) => ({
    card_template_id,
    reward_usage_records: [
      {
        reward_usage_serial_no: newNumber(),
        reward_id: accepted.rewards[0].reward_id,
        usage_time: await now(),
        usage_type: type,
        description: '购买商品',
        usage_count: 1,
        amount: fen,
      },
    ],
    objective_completion_records: [
      {
        objective_completion_serial_no: newNumber(),
        objective_id: accepted.objectives[0].objective_id,
        completion_time: await now(),
        completion_type: type,
        description: '购买商品',
        completion_count: 1,
        remark: '特价商品',
      },
    ],
  })
  const send = (body: object) => client.request(`${CARDS}/${card.code}/add-user-records`, 'post', body)
  const add = async (type: 'INCREASE' | 'DECREASE', fen: number) => send(await bodyOf(type, fen))
  return { ...card, accepted, bodyOf, send, add }
}

const refused = (status: number, code: string) => ({ response: { status, data: { code } } })

describe.each(['certificate', 'public_key', 'both'] as const)('wechatpay-axios-plugin in mode %s', (mode) => {
  test('prepares a card, hears who took it, records three purchases, and hears that the promise was kept', async () => {
    const template = await openTemplate(mode)
    const card = await takeCard(template)
    expect(card.prepared).toMatchObject({ status: 200, data: { prepare_card_token: expect.stringMatching(/^\S+$/) } })
    expect(card.accepted).toMatchObject({
      eventType: 'DISCOUNT_CARD.USER_ACCEPTED',
      out_card_code: card.code,
      card_template_id: template.cardTemplateId,
      openid: 'o-foreign',
      mchid: template.info.mchid,
      state: 'ONGOING',
      objectives: [{ name: '一周购买三次商品', count: 3 }],
      rewards: [{ name: '八折优惠', count_type: 'COUNT_LIMIT', amount: 3000 }],
    })
    expect(card.accepted.objectives[0]).not.toHaveProperty('objective_completion_records')

    const first = await card.bodyOf('INCREASE', 200)
    expect(await card.send(first)).toMatchObject({ status: 204, data: '' })
    expect(await card.send(first)).toMatchObject({ status: 204 })
    expect(await card.query()).toMatchObject({ state: 'ONGOING', total_amount: 200, card_id: card.accepted.card_id })
    await card.add('INCREASE', 300)
    expect(backend.deliveries).toEqual([])
    await card.add('INCREASE', 400)

    const ended = await template.heard()
    expect(ended).toMatchObject({ eventType: 'DISCOUNT_CARD.AGREEMENT_ENDED', state: 'FINISHED', total_amount: 900 })
    expect(ended.objectives[0].objective_completion_records).toHaveLength(3)
    const usages: { amount: number }[] = ended.rewards[0].reward_usage_records
    expect(usages.map(({ amount }) => amount)).toEqual([200, 300, 400])
    const { eventType: _, ...told } = ended
    expect(await card.query()).toEqual(told)

    await expect(card.add('DECREASE', 400)).rejects.toMatchObject(refused(400, 'INVALID_REQUEST'))
    await template.advance(WEEK_SECONDS)
    expect(backend.deliveries).toEqual([])
    expect(await card.query()).not.toHaveProperty('pay_information')
  })

  test('a card that expires can still be corrected, and what was enjoyed of it is paid back', async () => {
    const template = await openTemplate(mode)
    const card = await takeCard(template)
    await card.add('INCREASE', 500)
    await template.advance(WEEK_SECONDS)
    expect(await card.query()).toMatchObject({ state: 'SETTLING', total_amount: 500 })
    await card.add('DECREASE', 500)
    await card.add('INCREASE', 350)
    expect(backend.deliveries).toEqual([])

    await template.control('POST', `/discount-card/cards/${card.code}/settle`, {})
    expect(await template.heard()).toMatchObject({
      eventType: 'DISCOUNT_CARD.AGREEMENT_ENDED',
      state: 'UNFINISHED',
      unfinished_reason: 'DUE_TO_QUIT',
      total_amount: 350,
    })
    expect(await card.query()).toMatchObject({ pay_information: { pay_state: 'PAYING', pay_amount: 350 } })
    const paid = await template.heard(5)
    expect(paid).toMatchObject({
      eventType: 'DISCOUNT_CARD.USER_PAID',
      state: 'UNFINISHED',
      total_amount: 350,
      pay_information: { pay_state: 'PAID', pay_amount: 350, transaction_id: expect.stringMatching(/^\d+$/) },
    })
    for (const absent of ['objectives', 'rewards', 'time_range']) expect(paid).not.toHaveProperty(absent)
    expect((await card.query()).pay_information).toEqual(paid.pay_information)
  })

  test('a card that its user leaves before anything was enjoyed costs nothing', async () => {
    const template = await openTemplate(mode)
    const card = await takeCard(template)
    await template.control('POST', `/discount-card/cards/${card.code}/quit`, {})
    const ended = await template.heard()
    expect(ended).toMatchObject({ state: 'UNFINISHED', unfinished_reason: 'EARLY_QUIT', total_amount: 0 })
    await template.advance(60)
    expect(backend.deliveries).toEqual([])
    expect(await card.query()).not.toHaveProperty('pay_information')
  })
})

test("a card is nobody's until its page is opened, then it is of who opened it first", async () => {
  const template = await openTemplate('public_key')
  const card = await prepareCard(template)
  await expect(card.query()).rejects.toMatchObject(refused(404, 'RESOURCE_NOT_EXISTS'))
  expect(await card.take('o-first')).toMatchObject({ referrerInfo: { appId: CARD_APPID } })
  expect(await template.heard()).toMatchObject({ openid: 'o-first' })
  expect(await card.take('o-second')).toMatchObject({ page: { actions: [] }, referrerInfo: null })
  expect((await card.query()).openid).toBe('o-first')
})

// The guide's own body. Its two records of one serial number are one too many; with one of them it says that a reward for
// three times was used 100 times, for 1 fen: the count and the sum are swapped, which the card, not the form, tells.
test("the guide's records are refused twice over, the way round that the page has them they are taken", async () => {
  const template = await openTemplate('public_key')
  const card = await takeCard(template)
  const [reward] = seedRecords.reward_usage_records
  const [completion] = seedRecords.objective_completion_records
  const usage = { ...reward, reward_id: card.accepted.rewards[0].reward_id }
  const done = { ...completion, objective_id: card.accepted.objectives[0].objective_id }
  const body = { card_template_id: template.cardTemplateId, objective_completion_records: [done] }

  const twice = { ...body, objective_completion_records: [done, done], reward_usage_records: [usage] }
  await expect(card.send(twice)).rejects.toMatchObject(refused(400, 'PARAM_ERROR'))
  const swapped = { ...body, reward_usage_records: [usage] }
  await expect(card.send(swapped)).rejects.toMatchObject(refused(400, 'INVALID_REQUEST'))
  expect((await card.query()).objectives[0].objective_completion_records ?? []).toEqual([])

  const mended = { ...body, reward_usage_records: [{ ...usage, usage_count: usage.amount, amount: usage.usage_count }] }
  expect(await card.send(mended)).toMatchObject({ status: 204 })
  expect(await card.query()).toMatchObject({ total_amount: 100 })
})
