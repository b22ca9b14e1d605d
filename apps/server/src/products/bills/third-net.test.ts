import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Charge } from '../../ledger/table.ts'
import { type Books, openBooks } from '../../testing/books.ts'

/** Notifications find nobody here, no sweep runs: what is not in a bill we never learn. */
let books: Books
let day: string
beforeAll(async () => {
  books = await openBooks({ ttlSeconds: 7 * 86_400 })
}, 120_000)
afterAll(() => books?.close())
beforeEach(async () => {
  await books.goTo('12:00:00')
  day = books.today()
})
afterEach(async () => {
  await books.simulated.faults()
})

const PAYMENT_QUERY = { match: { method: 'GET', path: '/v3/pay/transactions/out-trade-no/*' } }
const REFUND_QUERY = { match: { method: 'GET', path: '/v3/refund/domestic/refunds/*' } }
const silent = (query: object) => ({ ...query, kind: 'error-before-effect', probability: 1 })

const booksOf = async ({ id, subject_id }: Charge) => {
  const { db } = books.ctx
  const movements = await db
    .selectFrom('movement')
    .select(['kind', 'proof', 'amount_fen'])
    .where('charge_id', '=', id)
    .orderBy('kind')
    .execute()
  const order = await db.selectFrom('orders').select('state').where('id', '=', subject_id).executeTakeFirstOrThrow()
  const fulfilments = await db.selectFrom('fulfilment').where('order_id', '=', subject_id).select('order_id').execute()
  return { order: order.state, movements, fulfilments: fulfilments.length }
}

describe('a payment of which no notification and no sweep told', () => {
  test('is settled in the morning by a question, once, and the difference resolves itself', async () => {
    const charge = await books.tap()
    expect(await booksOf(charge)).toMatchObject({ order: 'pending', movements: [] })
    await books.reconcile()
    const settled = {
      order: 'paid',
      movements: [{ kind: 'payment', proof: 'query', amount_fen: charge.amount_fen }],
      fulfilments: 1,
    }
    expect(await booksOf(charge)).toEqual(settled)
    expect(await books.differences(day)).toMatchObject([
      { kind: 'payment_missing_here', state: 'resolved', note: 'our books have it by query', delta_fen: 5800 },
    ])
    await books.advance(3600)
    await books.run()
    expect(await booksOf(charge)).toEqual(settled)
  })

  test('is settled by the bill itself while WeChat Pay answers nothing', async () => {
    const charge = await books.tap()
    await books.simulated.faults(silent(PAYMENT_QUERY))
    await books.reconcile()
    expect(await booksOf(charge)).toEqual({
      order: 'paid',
      movements: [{ kind: 'payment', proof: 'bill', amount_fen: charge.amount_fen }],
      fulfilments: 1,
    })
    expect(await books.differences(day)).toMatchObject([{ state: 'resolved', note: 'our books have it by bill' }])
    expect(books.alarms.filter(({ kind }) => kind === 'books_differ')).toEqual([])
  })

  test.each([
    ['amount', { orderFen: 1 }],
    ['payer', { openid: 'oSomebodyElse' }],
    ['AppID', { appid: 'wx00000000000000ff' }],
  ])('is not settled by a row with another %s', async (_, set) => {
    const charge = await books.tap()
    await books.edit(day, { change: [{ match: { outTradeNo: charge.out_trade_no }, set }] })
    await books.simulated.faults(silent(PAYMENT_QUERY))
    await books.reconcile()
    expect(await booksOf(charge)).toEqual({ order: 'pending', movements: [], fulfilments: 0 })
    expect(await books.differences(day)).toMatchObject([{ kind: 'payment_missing_here', state: 'open' }])
    expect(books.alarms).toContainEqual(expect.objectContaining({ kind: 'evidence_mismatch' }))
    expect(books.alarms).toContainEqual({
      kind: 'books_differ',
      detail: expect.objectContaining({ date: day, count: 1 }),
    })
  })

  test('and was refunded is learned of with its refund', async () => {
    const charge = await books.tap()
    await books.simulated.call('POST', `/transactions/${charge.out_trade_no}/refund`, { amountFen: 800 })
    await books.advance(30)
    await books.reconcile()
    expect(await booksOf(charge)).toMatchObject({
      order: 'paid',
      movements: [
        { kind: 'payment', proof: 'query' },
        { kind: 'refund', proof: 'query', amount_fen: -800 },
      ],
    })
    expect((await books.differences(day)).map(({ state }) => state)).toEqual(['resolved', 'resolved'])
  })
})

describe('a refund of which no notification and no sweep told', () => {
  test('is learned of by the bill itself while WeChat Pay answers nothing', async () => {
    const charge = await books.sell()
    await books.refund(charge, 800)
    await books.advance(30)
    await books.simulated.faults(silent(REFUND_QUERY))
    await books.reconcile()
    expect(await booksOf(charge)).toMatchObject({
      movements: [{ kind: 'payment' }, { kind: 'refund', proof: 'bill', amount_fen: -800 }],
    })
    expect(await books.differences(day)).toMatchObject([
      { kind: 'refund_state', state: 'resolved', note: 'our books have it by bill' },
    ])
  })

  test('made by hand at WeChat Pay is adopted', async () => {
    const charge = await books.sell()
    await books.simulated.call('POST', `/transactions/${charge.out_trade_no}/refund`, { amountFen: 300 })
    await books.advance(30)
    await books.reconcile()
    expect(await booksOf(charge)).toMatchObject({ movements: [{ kind: 'payment' }, { amount_fen: -300 }] })
    expect(await books.differences(day)).toMatchObject([{ kind: 'refund_missing_here', state: 'resolved' }])
    expect(books.alarms).toContainEqual(expect.objectContaining({ kind: 'foreign_refund' }))
  })
})

test('a difference of days ago resolves itself when WeChat Pay answers again', async () => {
  const charge = await books.tap()
  const set = { orderFen: 1 }
  await books.edit(day, { change: [{ match: { outTradeNo: charge.out_trade_no }, set }] })
  await books.simulated.faults(silent(PAYMENT_QUERY))
  await books.reconcile()
  expect(await booksOf(charge)).toMatchObject({ order: 'pending' })
  await books.reconcile()
  await books.simulated.faults()
  await books.reconcile()
  expect(await booksOf(charge)).toMatchObject({ order: 'paid', movements: [{ proof: 'query' }] })
  // The sums still differ: that is another difference, and it stays.
  expect(await books.differences(day)).toMatchObject([
    { kind: 'payment_missing_here', state: 'resolved' },
    { kind: 'payment_amount', state: 'open', delta_fen: 1 - charge.amount_fen },
  ])
})
