import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ADD_RECORDS, type Cards, type Held, openCards } from '../../../testing/cards.ts'

const DAY_SECONDS = 86_400
const WEEK_SECONDS = 7 * DAY_SECONDS

let cards: Cards
beforeAll(async () => {
  cards = await openCards()
}, 120_000)
afterAll(() => cards?.close())

/** The last alarm about that card, in short. */
async function alarm(kind: string, held: Held) {
  const { out_card_code } = await cards.row(held)
  return cards.alarmsOf(kind).findLast(({ detail }) => detail.outCardCode === out_card_code)?.detail
}
const deaf = () =>
  cards.simulated.faults({ match: { method: 'POST', path: ADD_RECORDS }, kind: 'error-before-effect', count: 1000 })

describe('once a card has ended, WeChat Pay cannot be told any more', () => {
  test('what waited is too late, and a person hears how much that is', async () => {
    const held = await cards.taken()
    await deaf()
    await cards.buy(held.shopper)
    await cards.tell()
    await cards.act(held, 'quit')
    await cards.query(held)
    await cards.simulated.faults()
    await cards.sweep()
    expect(await cards.told(held)).toEqual(['reward + 1 580 too_late', 'goal + 1 too_late'])
    expect(await alarm('card_records_too_late', held)).toMatchObject({ count: 2, amountFen: 580 })
    expect(await cards.row(held)).toMatchObject({ state: 'unfinished', next_send_at: null })
    expect(await cards.sent(held)).toHaveLength(1)
  })

  test('a record of which nobody knew whether it got there is accepted when the end shows it', async () => {
    const held = await cards.taken()
    await cards.buy(held.shopper)
    await cards.simulated.faults(
      { match: { method: 'POST', path: ADD_RECORDS }, kind: 'error-after-effect' },
      { match: { method: 'GET', path: ADD_RECORDS }, kind: 'error-before-effect', count: 6 },
    )
    await cards.tell()
    await cards.simulated.faults()
    expect(await cards.told(held)).toEqual(['reward + 1 580 sending', 'goal + 1 waiting'])
    await cards.act(held, 'quit')
    await cards.query(held)
    expect(await cards.told(held)).toEqual(['reward + 1 580 accepted', 'goal + 1 too_late'])
    expect(await alarm('card_records_too_late', held)).toMatchObject({ count: 1, amountFen: 0 })
    expect(await cards.row(held)).toMatchObject({ state: 'owing', total_fen: 580 })
  })

  test('an order that it made cheaper and that is paid all the same is paid as ordered; a person hears once', async () => {
    const held = await cards.taken()
    const number = await cards.payAtWechat(held.shopper, await cards.order(held.shopper))
    await cards.act(held, 'quit')
    await cards.query(held)
    await cards.hear(number)
    await cards.sweep()
    expect(await cards.told(held)).toEqual(['reward + 1 580 too_late', 'goal + 1 too_late'])
    expect(await alarm('card_discount_unrecorded', held)).toMatchObject({ amountFen: 580 })
    await cards.advance(DAY_SECONDS)
    await cards.sweep()
    expect(cards.alarmsOf('card_discount_unrecorded')).toHaveLength(1)
  })

  test('what was paid in time and heard of too late would have kept the promise: a person hears', async () => {
    const held = await cards.taken()
    const number = await cards.payAtWechat(held.shopper, await cards.order(held.shopper, 'trial-pass'))
    await cards.advance(2)
    await cards.act(held, 'quit')
    await cards.query(held)
    await cards.hear(number)
    await cards.sweep()
    expect(await cards.told(held)).toEqual(['goal + 1 too_late'])
    expect(await alarm('card_goal_unrecorded', held)).toMatchObject({ times: 1 })
  })

  test('what is paid after it was given up counts for nothing, and nobody is bothered', async () => {
    const held = await cards.taken()
    await cards.act(held, 'quit')
    await cards.query(held)
    await cards.advance(2)
    await cards.buy(held.shopper)
    expect(await cards.told(held)).toEqual([])
  })

  test('a refund does not make it less: a person hears', async () => {
    const held = await cards.taken()
    const order = await cards.buy(held.shopper)
    await cards.tell()
    await cards.act(held, 'quit')
    await cards.query(held)
    await cards.refund(order, 2610)
    await cards.sweep()
    expect((await cards.told(held)).slice(2)).toEqual(['reward - 1 580 too_late', 'reward + 1 290 too_late'])
    expect(await alarm('card_refund_after_end', held)).toMatchObject({ orderId: order.id, amountFen: -290 })
    await cards.refund(order, 1305)
    await cards.sweep()
    await cards.sweep()
    const heard = cards.alarmsOf('card_refund_after_end').filter(({ detail }) => detail.orderId === order.id)
    expect(heard.map(({ detail }) => detail.amountFen)).toEqual([-290, -435])
  })

  test('the goal that keeps the promise ends the card: rewards of all that was paid are told before', async () => {
    const templateId = await cards.template({ goals: [{ name: '一次', times: 1, counts: 'orders' }] })
    const held = await cards.taken({ templateId })
    await cards.buy(held.shopper)
    await cards.buy(held.shopper)
    await cards.tell()
    expect(await cards.told(held)).toEqual([
      ...['reward + 1 580 accepted', 'goal + 1 accepted'],
      ...['reward + 1 580 accepted', 'goal + 1 too_late'],
    ])
    expect(await cards.row(held)).toMatchObject({ state: 'finished', total_fen: 1160 })
    // The goal was reached without it.
    expect(await alarm('card_records_too_late', held)).toBeUndefined()
  })

  test('an order that went back already does not help to keep the promise', async () => {
    const templateId = await cards.template({ goals: [{ name: '两次', times: 2, counts: 'orders' }] })
    const held = await cards.taken({ templateId })
    const order = await cards.buy(held.shopper)
    await cards.tell()
    await cards.buy(held.shopper)
    await cards.refund(order)
    await cards.tell()
    expect(await cards.told(held)).toEqual([
      ...['reward + 1 580 accepted', 'goal + 1 accepted', 'reward + 1 580 accepted', 'goal + 1 accepted'],
      ...['reward - 1 580 accepted', 'goal - 1 accepted'],
    ])
    expect(await cards.atWechat(held)).toMatchObject({
      state: 'ONGOING',
      totalFen: 580,
      objectives: [{ completed: 1 }],
    })
  })

  test('a promise that was kept, and undone by a refund later, is kept', async () => {
    const templateId = await cards.template({ goals: [{ name: '一次', times: 1, counts: 'orders' }] })
    const held = await cards.taken({ templateId })
    const order = await cards.buy(held.shopper)
    await cards.tell()
    await cards.refund(order)
    await cards.sweep()
    expect(await cards.row(held)).toMatchObject({ state: 'finished' })
    expect(await alarm('card_refund_after_end', held)).toMatchObject({ orderId: order.id })
  })
})

describe('before it is too late, a person hears', () => {
  test('of records that do not get there, daily, from the day before the end on', async () => {
    const held = await cards.taken()
    await cards.advance(WEEK_SECONDS - 2 * DAY_SECONDS)
    await deaf()
    await cards.buy(held.shopper)
    await cards.sweep()
    await cards.advance(3600)
    await cards.sweep()
    expect(await alarm('card_records_unsent', held)).toBeUndefined()
    await cards.advance(DAY_SECONDS)
    await cards.sweep()
    await cards.sweep()
    expect(await alarm('card_records_unsent', held)).toMatchObject({ count: 2, outRefundNos: [] })
    const before = cards.alarmsOf('card_records_unsent').length
    await cards.advance(DAY_SECONDS + 60)
    await cards.sweep()
    expect(await cards.row(held)).toMatchObject({ state: 'settling' })
    expect(cards.alarmsOf('card_records_unsent')).toHaveLength(before + 1)
    await cards.simulated.faults()
    await cards.advance(700)
    await cards.sweep()
    expect(await cards.told(held)).toEqual(['reward + 1 580 accepted', 'goal + 1 accepted'])
  })

  test.each([
    ['of what it made cheaper', ['swim-pass']],
    ['of what only counts for its goal', ['towel']],
  ])('of refunds that are still under way, %s', async (_, goodsIds) => {
    const rewards = [{ name: '九折优惠', amountFen: 5000, percentOff: 10, goodsIds }]
    const held = await cards.taken({ templateId: await cards.template({ rewards }) })
    const order = await cards.buy(held.shopper)
    await cards.sweep()
    await cards.advance(WEEK_SECONDS - 3600)
    await cards.simulated.call('PUT', '/switches', { refundSeconds: 30 * DAY_SECONDS })
    await cards.startRefund(order)
    await cards.advance(700)
    await cards.sweep()
    await cards.simulated.call('PUT', '/switches', { refundSeconds: 5 })
    expect(await alarm('card_records_unsent', held)).toMatchObject({ count: 0, outRefundNos: [expect.any(String)] })
  })
})
