import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type RunningSimulator, startSimulator } from '../index.ts'
import { TestCard, TestCards } from '../testing/discount-card.ts'
import { TestMerchant } from '../testing/merchant.ts'
import { type Receiver, resourcesOf, startReceiver } from '../testing/receiver.ts'

let simulator: RunningSimulator
let merchant: TestMerchant
let receiver: Receiver
let card: TestCard

beforeAll(async () => {
  simulator = await startSimulator()
})
afterAll(() => simulator.close())
beforeEach(async () => {
  merchant = await TestMerchant.open(simulator.port)
  receiver = await startReceiver()
  card = await TestCard.take(merchant, {}, { notify_url: receiver.url, out_card_code: 'CARD-|*1' })
  await merchant.advance(1)
  receiver.received.length = 0
  return () => receiver.close()
})

const heard = () => resourcesOf(receiver, merchant)
const eventTypes = () => receiver.received.map(({ body }) => JSON.parse(body.toString()).event_type)

describe('a fault of an answer', () => {
  test.each<[string, () => Promise<{ status: number }>]>([
    ['preparing the card', () => card.cards.prepare(card.cards.prepareBody({ out_card_code: 'CARD-|*1' }))],
    ['a query of it', () => card.cards.query('CARD-|*1')],
    ['a query that escapes its number', () => card.cards.query(encodeURIComponent('CARD-|*1'))],
    ['records of it', () => card.complete()],
  ])('hits %s by its number, and no other number; the request is listed under it', async (_, call) => {
    await merchant.setFaults(
      { kind: 'rate-limit', match: { outTradeNo: 'ANOTHER' } },
      { kind: 'error-before-effect', match: { outTradeNo: 'CARD-|*1' }, status: 503 },
    )
    expect((await call()).status).toBe(503)
    const { requests } = (await merchant.control('GET', `/requests?outTradeNo=${encodeURIComponent('CARD-|*1')}`)).json
    expect(requests.at(-1)).toMatchObject({ status: 503, fault: 'error-before-effect' })
  })

  test('that lies about records leaves the card as it was', async () => {
    await merchant.setFaults({ kind: 'ok-without-effect', match: { outTradeNo: card.code } })
    const record = { objective_completion_records: [card.completion()] }
    expect((await card.add(record)).status).toBe(204)
    expect((await card.shown()).records).toBe(0)
    expect((await card.add(record)).status).toBe(204)
    expect((await card.shown()).records).toBe(1)
  })

  test('that lies about preparing leaves nothing that could be taken', async () => {
    await merchant.setFaults({ kind: 'ok-without-effect', match: { outTradeNo: 'NEW' } })
    const answer = await card.cards.prepare(card.cards.prepareBody({ out_card_code: 'NEW' }))
    expect(answer).toMatchObject({ status: 200, json: { prepare_card_token: expect.any(String) } })
    expect((await merchant.control('GET', '/discount-card/cards/NEW')).status).toBe(404)
    expect((await card.complete()).status).toBe(204)
  })

  test('after the effect leaves the record, and the same serial number changes nothing more', async () => {
    await merchant.setFaults({ kind: 'error-after-effect', match: { outTradeNo: card.code } })
    const record = { reward_usage_records: [card.usage({ amount: 700 })] }
    expect((await card.add(record)).status).toBe(500)
    expect((await card.add(record)).status).toBe(204)
    expect(await card.shown()).toMatchObject({ records: 1, totalFen: 700 })
  })
})

describe('a fault of a notice', () => {
  const breakIt = async () => {
    await card.buy(500)
    await card.quit()
    await merchant.advance(5)
  }

  test('loses the one of this card and event only', async () => {
    const about = { outTradeNo: card.code, eventType: 'DISCOUNT_CARD.AGREEMENT_ENDED' }
    await merchant.setFaults({ kind: 'lose-notification', match: about })
    await breakIt()
    expect(eventTypes()).toEqual(['DISCOUNT_CARD.USER_PAID'])
    const path = `/notifications?outTradeNo=${encodeURIComponent(card.code)}`
    expect((await merchant.control('GET', path)).json.notifications).toMatchObject([
      { eventType: 'DISCOUNT_CARD.USER_ACCEPTED', state: 'delivered' },
      { eventType: 'DISCOUNT_CARD.AGREEMENT_ENDED', state: 'lost' },
      { eventType: 'DISCOUNT_CARD.USER_PAID', state: 'delivered' },
    ])
  })

  test('lets the end and the payment cross', async () => {
    await merchant.setFaults({ kind: 'reorder-notifications' })
    await breakIt()
    expect(eventTypes()).toEqual(['DISCOUNT_CARD.USER_PAID', 'DISCOUNT_CARD.AGREEMENT_ENDED'])
  })

  test('makes the notice of the payment lie about the sum and the holder', async () => {
    const set = { amountFen: 1, openid: 'o' }
    await merchant.setFaults({ kind: 'mismatch-notification', match: { eventType: 'DISCOUNT_CARD.USER_PAID' }, set })
    await breakIt()
    expect(heard()[1]).toMatchObject({
      openid: 'o',
      total_amount: 1,
      pay_information: { pay_amount: 1, pay_state: 'PAID' },
    })
    expect(heard()[1]).not.toHaveProperty('amount')
    expect(await card.query()).toMatchObject({ openid: 'oTestShopper', pay_information: { pay_amount: 500 } })
  })

  test('makes the notice of the end lie, without making up a payment', async () => {
    const match = { eventType: 'DISCOUNT_CARD.AGREEMENT_ENDED' }
    await merchant.setFaults({ kind: 'mismatch-notification', match, set: { amountFen: 1 } })
    await breakIt()
    expect(heard()[0]).toMatchObject({ total_amount: 1, state: 'UNFINISHED' })
    expect(heard()[0]).not.toHaveProperty('pay_information')
  })
})

test('a number of a card that takes the place of an order’s is no order', async () => {
  const cards = await TestCards.of(merchant)
  await cards.take({ out_card_code: 'ORDER1' })
  expect((await merchant.control('GET', '/transactions/ORDER1')).status).toBe(404)
})
