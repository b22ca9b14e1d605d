import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createDb } from '../../../kernel/db.ts'
import { CARDS, type CardShop, openCardShop } from '../../../testing/card-shop.ts'
import { dying, Killed } from '../../../testing/dying.ts'
import { catchUpCards } from './catch-up.ts'
import { checkCard } from './check.ts'
import { getCard } from './get.ts'
import { prepareCard } from './prepare.ts'
import { queryCard } from './query.ts'

/** Nobody hears notices here: questions are the only net. */
let shop: CardShop
beforeAll(async () => {
  shop = await openCardShop()
}, 120_000)
afterAll(() => shop?.close())
afterEach(async () => {
  await shop.simulated.faults()
  shop.alarms.length = 0
})

type Asker = Awaited<ReturnType<CardShop['asker']>>

const HOUR = 3600
const onQuery = { method: 'GET', path: `${CARDS}/*` }
const see = ({ shopper, id }: Asker) => getCard(shopper, { id })
const check = ({ shopper, id }: Asker) => checkCard(shopper, { id })

describe("the shopper comes back from WeChat's page", () => {
  test('without the card: nothing is in doubt', async () => {
    const asker = await shop.asker()
    expect(await check(asker)).toMatchObject({ status: 'prepared', confirming: false })
  })

  test('with it: the question finds it at once', async () => {
    const asker = await shop.asker()
    await shop.take(asker)
    expect(await check(asker)).toMatchObject({ status: 'ongoing', confirming: false, takenAt: expect.any(String) })
  })

  test.each(['error-before-effect', 'reset-before-effect', 'reset-after-effect'])(
    'and WeChat Pay does not answer (%s): confirming, until it does',
    async (kind) => {
      const asker = await shop.asker()
      await shop.take(asker)
      await shop.simulated.faults({ match: onQuery, kind, count: 9 })
      expect(await check(asker)).toMatchObject({ status: 'prepared', confirming: true })
      await shop.simulated.faults()
      expect(await check(asker)).toMatchObject({ status: 'ongoing', confirming: false })
    },
  )

  test.each(['unsigned-response', 'tamper-response', 'probe-response'])('%s: nothing is believed', async (kind) => {
    const asker = await shop.asker()
    await shop.take(asker)
    await shop.simulated.faults({ match: onQuery, kind, count: 9 })
    expect(await check(asker)).toMatchObject({ status: 'prepared', confirming: true })
  })

  test('an answer about another card is not believed', async () => {
    const [asker, other] = [await shop.asker(), await shop.holder()]
    const { out_card_code } = await shop.row(other)
    const client = shop.ctx.wechat(shop.ctx.config.mchid)
    const call: typeof client.call = (endpoint, request) =>
      client.call(endpoint, Object.assign({}, request, { path: { out_card_code } }))
    const shopper = { ...asker.shopper, wechat: () => ({ ...client, call }) }
    expect(await check({ ...asker, shopper })).toMatchObject({ status: 'prepared', confirming: true })
    expect(shop.alarmsOf('answer_to_another_question')).toHaveLength(1)
  })
})

describe('that there is no such card, unsigned,', () => {
  const gone = { match: onQuery, kind: 'error-before-effect', status: 404, code: 'RESOURCE_NOT_EXISTS', count: 999 }

  test('ends nothing: a card that is taken stays taken, and is in doubt', async () => {
    const holder = await shop.holder()
    await shop.simulated.faults(gone)
    expect(await check(holder)).toMatchObject({ status: 'ongoing', confirming: true })
    await shop.advance(30 * 86_400)
    await shop.sweep()
    expect(await see(holder)).toMatchObject({ status: 'ongoing', confirming: true })
  })
})

describe('the sweep alone', () => {
  test('learns that the card was taken within seconds', async () => {
    const asker = await shop.asker()
    await shop.take(asker)
    await shop.advance(10)
    await shop.sweep()
    expect(await see(asker)).toMatchObject({ status: 'ongoing' })
  })

  test('learns that it was given up within six hours', async () => {
    const holder = await shop.holder()
    await shop.advance(20)
    await shop.sweep()
    await shop.act(holder, 'quit')
    await shop.advance(6 * HOUR)
    await shop.sweep()
    expect(await see(holder)).toMatchObject({ status: 'unfinished', reason: 'quit' })
  })

  test('gives up after a day what nobody took; whoever took it in the last moment has it all the same', async () => {
    const asker = await shop.asker()
    const { token_at } = await shop.row(asker)
    await shop.advance(23 * HOUR)
    await shop.sweep()
    expect(await see(asker)).toMatchObject({ status: 'prepared' })
    await shop.advance(HOUR)
    await shop.sweep()
    expect(await see(asker)).toMatchObject({ status: 'lapsed', confirming: false })
    expect(await shop.row(asker)).toMatchObject({ next_query_at: null, token_at })
    await shop.simulated.call('PUT', '/switches', { cardTokenSeconds: 30 * 86_400 })
    await shop.take(asker)
    expect(await check(asker)).toMatchObject({ status: 'ongoing' })
    await shop.simulated.call('PUT', '/switches', { cardTokenSeconds: 7200 })
  })

  test('does not give up what it could not ask about', async () => {
    const asker = await shop.asker()
    await shop.take(asker)
    await shop.simulated.faults({ match: onQuery, kind: 'error-before-effect', count: 99 })
    await shop.advance(25 * HOUR)
    await shop.sweep()
    expect(await see(asker)).toMatchObject({ status: 'prepared', confirming: true })
    await shop.simulated.faults()
    await shop.advance(600)
    await shop.sweep()
    expect(await see(asker)).toMatchObject({ status: 'ongoing' })
  })

  test('in many processes at once asks once', async () => {
    const asker = await shop.asker()
    await shop.advance(10)
    await Promise.all(Array.from({ length: 6 }, () => catchUpCards(shop.ctx)))
    expect(await shop.questions(asker)).toBe(1)
  })
})

describe('a process that dies only delays', () => {
  test('before it asks, or before it reads the answer', async () => {
    for (const when of ['before', 'after'] as const) {
      const asker = await shop.asker()
      await shop.take(asker)
      const dead = dying(shop.ctx, 'discountCard.queryCard', when)
      await expect(queryCard(dead, await shop.row(asker))).rejects.toThrow(Killed)
      expect(await see(asker)).toMatchObject({ status: 'prepared' })
      await shop.advance(60)
      await shop.sweep()
      expect(await see(asker)).toMatchObject({ status: 'ongoing' })
    }
  })

  test('between a question that finds nothing and the request for a token', async () => {
    const asker = await shop.asker()
    await shop.advance(660)
    const dead = dying(asker.shopper, 'discountCard.prepareCard', 'before')
    await expect(prepareCard(dead, { id: shop.offer.id })).rejects.toThrow(Killed)
    expect((await prepareCard(asker.shopper, { id: shop.offer.id })).card).toMatchObject({ id: asker.id })
  })

  test('when it knows of the money and has not settled it', async () => {
    const holder = await shop.holder()
    const fen = await shop.enjoy(holder)
    await shop.act(holder, 'quit')
    await shop.advance(10)
    const { card } = shop.ctx.effects
    const lock = () => Promise.reject(new Error('killed'))
    const dead = { ...shop.ctx, effects: { ...shop.ctx.effects, card: { ...card, lock } } }
    await expect(queryCard(dead, await shop.row(holder))).rejects.toThrow('killed')
    expect(await shop.row(holder)).toMatchObject({ state: 'owing' })
    expect(await shop.chargesOf(holder)).toMatchObject([{ state: 'opened' }])
    await shop.advance(60)
    await shop.sweep()
    expect(await shop.row(holder)).toMatchObject({ state: 'paid' })
    expect(await shop.collectedFen(holder)).toBe(fen)
  })
})

test('four sweeps in two processes at once see every card through, and collect once', async () => {
  const held = await Promise.all(Array.from({ length: 12 }, () => shop.holder()))
  const fen = new Map<string, number>()
  for (const one of held) fen.set(one.id, await shop.enjoy(one))
  for (const one of held) await shop.act(one, 'quit')
  await shop.advance(6 * HOUR)
  const other = { ...shop.ctx, db: createDb(shop.databaseUrl) }
  await Promise.all([shop.ctx, other, shop.ctx, other].map((ctx) => shop.sweep(ctx)))
  await shop.advance(60)
  await Promise.all([shop.ctx, other, shop.ctx, other].map((ctx) => shop.sweep(ctx)))
  await other.db.destroy()
  for (const one of held) {
    expect(await shop.row(one)).toMatchObject({ state: 'paid' })
    expect(await shop.collectedFen(one)).toBe(fen.get(one.id))
    expect(await shop.chargesOf(one)).toHaveLength(1)
  }
  expect(shop.alarms).toEqual([])
})
