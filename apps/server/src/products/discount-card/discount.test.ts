import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDb, inTransaction } from '../../kernel/db.ts'
import { placeOrder } from '../../shop/orders/place.ts'
import { quoteOrder } from '../../shop/orders/quote.ts'
import { type Cards, openCards } from '../../testing/cards.ts'
import { cancelOrder } from '../payments/cancel.ts'
import { discountFen } from './discount.ts'

const line = (id: string, price_fen: number, quantity = 1) => ({ id, price_fen, quantity })
const terms = (change: object = {}) => ({
  ...{ percentOff: 10, goodsIds: null, leftFen: 1_000_000, leftTimes: Number.POSITIVE_INFINITY },
  ...change,
})

describe('so many per cent off', () => {
  test.each([
    ['of all, rounded down', {}, [line('a', 999), line('b', 10, 2)], 101],
    ['of what it is for', { goodsIds: ['b'] }, [line('a', 999), line('b', 10, 2)], 2],
    ['of nothing that it is for', { goodsIds: ['c'] }, [line('a', 999)], 0],
    ['never more than is left', { leftFen: 7 }, [line('a', 999)], 7],
    ['nothing when nothing is left', { leftFen: 0 }, [line('a', 999)], 0],
    ['nothing when no time is left', { leftTimes: 0 }, [line('a', 999)], 0],
    ['nothing of 1 fen', { percentOff: 99 }, [line('a', 1)], 0],
    ['never less than 1 fen to pay', { percentOff: 99 }, [line('a', 2)], 1],
    ['of the dearest order exactly', { percentOff: 99, leftFen: 2 ** 40 }, [line('a', 99_999_999, 99)], 9_800_999_901],
  ])('%s', (_, change, lines, fen) => {
    expect(discountFen(terms(change), lines)).toBe(fen)
  })
})

describe('an order is priced by the cards of who orders', () => {
  let cards: Cards
  beforeAll(async () => {
    cards = await openCards()
  }, 120_000)
  afterAll(() => cards?.close())

  const limited = (amountFen: number, times?: number) =>
    cards.template({
      goals: [{ name: '一百次', times: 100, counts: 'orders' }],
      rewards: [{ name: '九折', amountFen, percentOff: 10, ...(times !== undefined && { times }) }],
    })

  test('the quote says the very price, and keeps nothing', async () => {
    const { shopper } = await cards.taken({ templateId: await limited(580) })
    const items = [{ goodsId: 'swim-pass', quantity: 1 }]
    const quote = { amountFen: 5220, discountFen: 580, discountName: '运动先享卡' }
    await expect(quoteOrder(shopper, { items })).resolves.toMatchObject(quote)
    await expect(quoteOrder(shopper, { items })).resolves.toMatchObject({ ...quote, items: [{ priceFen: 5800 }] })
    expect(await cards.order(shopper)).toMatchObject({ amount_fen: 5220, discount_fen: 580 })
    await expect(quoteOrder(shopper, { items })).resolves.toMatchObject({ amountFen: 5800, discountName: null })
  })

  test('by nobody else’s, and by none that is not ongoing any more', async () => {
    const held = await cards.taken()
    expect((await cards.order(cards.newShopper())).discount_fen).toBe(0)
    const elsewhere = { ...held.shopper, actor: { ...held.shopper.actor, appid: 'wx0000000000000002' } }
    expect((await cards.order(elsewhere)).discount_fen).toBe(0)
    await cards.act(held, 'quit')
    await cards.query(held)
    expect((await cards.order(held.shopper)).discount_fen).toBe(0)
  })

  test('bought in the moment of the taking, by a clock that is behind WeChat’s: as far as a ready server may be off', async () => {
    const { shopper } = await cards.taken({ templateId: await limited(580) })
    const behind = (seconds: number) => ({
      ...shopper,
      clock: { now: () => new Date(shopper.clock.now().getTime() - seconds * 1000) },
    })
    expect((await cards.order(behind(300))).discount_fen).toBe(0)
    expect((await cards.order(behind(60))).discount_fen).toBe(580)
  })

  test('what costs 1 fen stays at 1 fen', async () => {
    const { shopper } = await cards.taken()
    expect(await cards.order(shopper, 'trial-pass')).toMatchObject({ amount_fen: 1, discount_fen: 0 })
  })

  test('an order that is closed gives back what it was given', async () => {
    const { shopper } = await cards.taken({ templateId: await limited(580) })
    const first = await cards.order(shopper)
    expect(first.discount_fen).toBe(580)
    expect((await cards.order(shopper)).discount_fen).toBe(0)
    await cancelOrder(shopper, { id: first.id })
    const second = await cards.order(shopper)
    expect(second.discount_fen).toBe(580)
    await cards.advance(1801)
    await cards.sweep()
    expect((await cards.orderRow(second)).state).toBe('closed')
    expect((await cards.order(shopper)).discount_fen).toBe(580)
  })

  test('a reward is given as often as it may be', async () => {
    const { shopper } = await cards.taken({ templateId: await limited(100_000, 2) })
    await cards.buy(shopper)
    await cards.order(shopper)
    expect((await cards.order(shopper)).discount_fen).toBe(0)
  })

  test('forty orders at once, by two processes, are given no more than there is', async () => {
    const held = await cards.taken({ templateId: await limited(5000) })
    const other = { ...held.shopper, db: createDb(cards.databaseUrl) }
    const by = (i: number) => (i % 2 === 0 ? held.shopper : other)
    const orders = await Promise.all(
      Array.from({ length: 40 }, (_, i) =>
        inTransaction(by(i).db, (tx) => placeOrder(tx, by(i), [{ goodsId: 'swim-pass', quantity: 1 }])),
      ),
    )
    await other.db.destroy()
    const given = orders.map(({ discount_fen }) => discount_fen).toSorted((a, b) => b - a)
    expect(given.slice(0, 9)).toEqual([...Array.from({ length: 8 }, () => 580), 360])
    expect(given.slice(9)).toEqual(Array.from({ length: 31 }, () => 0))
    expect(orders.every(({ amount_fen, discount_fen }) => amount_fen + discount_fen === 5800)).toBe(true)
  })

  test('forty orders that are paid at once are told once each, and come to the same', async () => {
    const held = await cards.taken({ templateId: await limited(5000) })
    const orders = await Promise.all(Array.from({ length: 40 }, () => cards.order(held.shopper, 'towel')))
    const numbers: string[] = []
    for (const order of orders) numbers.push(await cards.payAtWechat(held.shopper, order))
    await Promise.all(numbers.map((number) => cards.hear(number)))
    await cards.tell()
    const fen = orders.reduce((sum, { discount_fen }) => sum + discount_fen, 0)
    expect(fen).toBe(5000)
    const used = orders.filter(({ discount_fen }) => discount_fen > 0).length
    expect(await cards.atWechat(held)).toMatchObject({
      ...{ totalFen: 5000, records: 40 + used },
      ...{ objectives: [{ completed: 40 }], rewards: [{ used, usedFen: 5000 }] },
    })
  })
})
