import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { CARDS, type CardShop, openCardShop } from '../../../testing/card-shop.ts'
import { queryByNumber } from '../../payments/query.ts'
import { startPayment } from '../../payments/start-payment.ts'
import { checkCard } from './check.ts'
import { getCard } from './get.ts'
import { checkMerchantCard } from './merchant-check.ts'
import { getMerchantCard } from './merchant-get.ts'

let shop: CardShop
beforeAll(async () => {
  shop = await openCardShop()
}, 120_000)
afterAll(() => shop?.close())
afterEach(async () => {
  await shop.simulated.faults()
  await shop.simulated.call('PUT', '/switches', { cardDeduction: 'succeeds' })
  shop.alarms.length = 0
})

type Holder = Awaited<ReturnType<CardShop['holder']>>

const DAY = 86_400
const see = ({ shopper, id }: Holder) => getCard(shopper, { id })
const check = ({ shopper, id }: Holder) => checkCard(shopper, { id })

describe('a promise', () => {
  test('that is kept costs nothing, and the discount is the shopper’s', async () => {
    const holder = await shop.holder()
    const fen = [await shop.enjoy(holder), await shop.enjoy(holder), await shop.enjoy(holder)]
    expect(await check(holder)).toMatchObject({
      ...{ status: 'finished', savedFen: fen[0] === undefined ? 0 : fen[0] * 3, dueFen: 0, reason: null },
      goals: [{ done: 3 }],
    })
    expect(await shop.chargesOf(holder)).toEqual([])
    expect(shop.alarms).toEqual([])
  })

  test('that is given up costs what was enjoyed, which comes to us and may be refunded', async () => {
    const holder = await shop.holder()
    const fen = await shop.enjoy(holder)
    await shop.act(holder, 'quit')
    expect(await check(holder)).toMatchObject({ status: 'owing', dueFen: fen, reason: 'quit', paidAt: null })
    await shop.advance(10)
    expect(await check(holder)).toMatchObject({ status: 'paid', dueFen: fen, paidAt: expect.any(String) })
    expect(await shop.collectedFen(holder)).toBe(fen)
    const [charge] = await shop.chargesOf(holder)
    const shown = await getMerchantCard(shop.lin, { id: charge?.transaction_id ?? '' })
    expect(shown).toMatchObject({ id: holder.id, totalFen: fen, savedFen: fen })
    expect(shown.transactionId).toBe(charge?.transaction_id)
  })

  test('whose time is over is settled, and then costs what was enjoyed: the sweep alone finds it', async () => {
    const holder = await shop.holder()
    const fen = await shop.enjoy(holder)
    await shop.advance(30 * DAY)
    await shop.sweep()
    expect(await see(holder)).toMatchObject({ status: 'settling', dueFen: fen })
    await shop.advance(DAY)
    await shop.sweep()
    await shop.advance(600)
    await shop.sweep()
    expect(await see(holder)).toMatchObject({ status: 'paid', reason: 'expired', dueFen: fen })
    expect(shop.alarms).toEqual([])
  })

  test('of which nothing was enjoyed ends without money', async () => {
    const holder = await shop.holder()
    await shop.act(holder, 'quit')
    expect(await check(holder)).toMatchObject({ status: 'unfinished', reason: 'quit', dueFen: 0, confirming: false })
    expect(await shop.row(holder)).toMatchObject({ total_fen: 0, next_query_at: null })
  })
})

describe('what is owed', () => {
  test('is asked about while WeChat Pay tries; after four hours a person hears of it, once', async () => {
    await shop.simulated.call('PUT', '/switches', { cardDeduction: 'fails' })
    const holder = await shop.holder()
    await shop.enjoy(holder)
    await shop.act(holder, 'quit')
    await check(holder)
    for (const hours of [3, 2, 24]) {
      await shop.advance(hours * 3600)
      await shop.sweep()
    }
    expect(shop.alarmsOf('card_owed')).toHaveLength(1)
    await shop.simulated.call('PUT', '/switches', { cardDeduction: 'succeeds' })
    await shop.advance(1200)
    await shop.sweep()
    expect(await see(holder)).toMatchObject({ status: 'paid' })
  })

  test('is confirming while WeChat Pay does not answer', async () => {
    await shop.simulated.call('PUT', '/switches', { cardDeduction: 'fails' })
    const holder = await shop.holder()
    await shop.enjoy(holder)
    await shop.act(holder, 'quit')
    await check(holder)
    await shop.simulated.faults({ match: { path: `${CARDS}/*` }, kind: 'error-before-effect', count: 3 })
    expect(await check(holder)).toMatchObject({ status: 'owing', confirming: true })
    expect(await check(holder)).toMatchObject({ status: 'owing', confirming: false })
  })
})

describe('an order that a card made cheaper, and nobody has paid', () => {
  const orderOf = async ({ shopper }: Holder) => {
    const order = await shop.placeOrder(shopper)
    expect(order.discount_fen).toBeGreaterThan(0)
    return order
  }
  const stateOf = async ({ id }: { id: string }) =>
    (await shop.ctx.db.selectFrom('orders').select('state').where('id', '=', id).executeTakeFirstOrThrow()).state

  test('is closed when the card ends, whether it was tapped or not; others stay', async () => {
    const holder = await shop.holder()
    const [untapped, tapped, other] = [
      await orderOf(holder),
      await orderOf(holder),
      await shop.placeOrder(shop.newShopper()),
    ]
    await startPayment(holder.shopper, tapped)
    await shop.act(holder, 'quit')
    await check(holder)
    expect([await stateOf(untapped), await stateOf(tapped), await stateOf(other)]).toEqual([
      'closing',
      'closing',
      'pending',
    ])
    await shop.sweep()
    expect([await stateOf(untapped), await stateOf(tapped)]).toEqual(['closed', 'closed'])
  })

  test('and that was paid in the last moment stays as it was ordered', async () => {
    const holder = await shop.holder()
    const order = await orderOf(holder)
    await startPayment(holder.shopper, order)
    const { mchid, out_trade_no: outTradeNo } = await shop.ctx.db
      .selectFrom('charge')
      .selectAll()
      .where('subject_id', '=', order.id)
      .executeTakeFirstOrThrow()
    await shop.simulated.pay(outTradeNo)
    await shop.act(holder, 'quit')
    await check(holder)
    await queryByNumber(shop.ctx, { mchid, outTradeNo })
    expect(await stateOf(order)).toBe('paid')
    expect(await shop.row(holder)).toMatchObject({ state: 'unfinished', total_fen: 0 })
  })

  test('is closed by the sweep, when whoever heard of the end is gone', async () => {
    const holder = await shop.holder()
    const order = await orderOf(holder)
    const ended = {
      state: 'finished',
      ended_at: shop.ctx.clock.now(),
      next_query_at: null,
      next_send_at: null,
    } as const
    await shop.ctx.db.updateTable('card').set(ended).where('id', '=', holder.id).execute()
    await shop.sweep()
    expect(await stateOf(order)).toBe('closed')
  })
})

test('what was told and what was not is told when the shop asks', async () => {
  const holder = await shop.holder()
  await shop.simulated.faults({ match: { path: `${CARDS}/*`, method: 'POST' }, kind: 'error-before-effect', count: 9 })
  const fen = await shop.enjoy(holder)
  expect(await see(holder)).toMatchObject({ savedFen: fen, records: [{ status: 'sending' }, { status: 'sending' }] })
  await shop.simulated.faults()
  const checked = await checkMerchantCard(shop.lin, holder)
  expect(checked).toMatchObject({ totalFen: fen, records: [{ status: 'recorded' }, { status: 'recorded' }] })
})
