import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Cards, openCards } from '../../../testing/cards.ts'

let cards: Cards
beforeAll(async () => {
  cards = await openCards()
}, 120_000)
afterAll(() => cards?.close())

describe('what happens to orders is told', () => {
  test('a paid order of a card is told with exactly the discount that it was given, the reward before the goal', async () => {
    const held = await cards.taken()
    const order = await cards.buy(held.shopper)
    expect(order).toMatchObject({ amount_fen: 5220, discount_fen: 580, discount_name: '运动先享卡', state: 'paid' })
    expect(await cards.told(held)).toEqual(['reward + 1 580 waiting', 'goal + 1 waiting'])
    await cards.tell()
    expect(await cards.told(held)).toEqual(['reward + 1 580 accepted', 'goal + 1 accepted'])
    expect(await cards.atWechat(held)).toMatchObject({
      ...{ state: 'ONGOING', totalFen: 580, records: 2 },
      objectives: [{ completed: 1 }],
      rewards: [{ used: 1, usedFen: 580 }],
    })
    expect(await cards.sent(held)).toHaveLength(2)
    expect(await cards.row(held)).toMatchObject({ next_send_at: null, sending_until: null, total_fen: 580 })
  })
})
