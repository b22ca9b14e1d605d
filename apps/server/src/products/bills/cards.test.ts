import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { asking } from '../../products.ts'
import { type Cards, type Held, openCards } from '../../testing/cards.ts'
import { runBills } from './daily-job.ts'
import { addDays, dayOf, startOf } from './days.ts'

/** Cards at the local WeChat Pay. Notices find nobody here, no sweep runs: what is not in a bill we never learn. */
let cards: Cards
let day: string
beforeAll(async () => {
  cards = await openCards()
}, 120_000)
afterAll(() => cards?.close())
beforeEach(async () => {
  await goTo(addDays(today(), 1), 12)
  day = today()
})
afterEach(() => cards.simulated.faults())

const today = () => dayOf(cards.ctx.clock.now())
async function goTo(date: string, hour: number, minute = 0): Promise<void> {
  const target = startOf(date).getTime() + (hour * 60 + minute) * 60_000
  await cards.advance(Math.ceil((target - cards.ctx.clock.now().getTime()) / 1000))
}
/** The morning after, when its bills are there, and what the job makes of them. */
async function reconcile(): Promise<void> {
  await goTo(addDays(day, 1), 10, 31)
  while ((await runBills(cards.ctx, asking)) > 0);
}
const CARDS = '/v3/discount-card/cards/'
const silent = { match: { method: 'GET', path: `${CARDS}*` }, kind: 'error-before-effect', probability: 1 }
/** Fen that one purchase of a swim pass costs less. */
const ENJOYED = 580

/** Something was enjoyed, and WeChat Pay knows of it. */
async function enjoyed(): Promise<Held> {
  const held = await cards.taken()
  await cards.buy(held.shopper)
  await cards.tell()
  return held
}
/** … the user left, and WeChat Pay has collected; nobody told us. */
async function collected(): Promise<Held> {
  const held = await enjoyed()
  await cards.act(held, 'quit')
  await cards.advance(10)
  expect(await cards.atWechat(held)).toMatchObject({ payState: 'PAID', totalFen: ENJOYED })
  return held
}
const differences = () =>
  cards.ctx.db
    .selectFrom('difference')
    .innerJoin('bill_day', 'bill_day.id', 'difference.bill_day_id')
    .select(['bill', 'kind', 'difference.state', 'note', 'delta_fen'])
    .where('date', '=', day)
    .orderBy('difference.id')
    .execute()
const billStates = () =>
  cards.ctx.db.selectFrom('bill_day').select(['bill', 'state', 'rows']).where('date', '=', day).execute()
const movementsOf = ({ id }: Held) =>
  cards.ctx.db
    .selectFrom('movement')
    .innerJoin('charge', 'charge.id', 'movement.charge_id')
    .select(['movement.kind', 'proof', 'movement.amount_fen'])
    .where('purpose', '=', 'card')
    .where('subject_id', '=', id)
    .orderBy('movement.kind')
    .execute()
/** How often WeChat Pay was asked about cards since then. */
async function questions(since: number): Promise<number> {
  return (await cardRequests()).slice(since).length
}
async function cardRequests(): Promise<readonly object[]> {
  const { requests } = await cards.simulated.call<{ requests: { method: string; path: string }[] }>(
    'GET',
    '/requests?limit=5000',
  )
  return requests.filter(({ method, path }) => method === 'GET' && path.startsWith(CARDS))
}

describe('what was collected for a card', () => {
  test('and we know of is in both bills, under a number of WeChat’s own', async () => {
    const held = await collected()
    await cards.query(held)
    expect(await cards.row(held)).toMatchObject({ state: 'paid' })
    const asked = (await cardRequests()).length
    await reconcile()
    expect(await billStates()).toMatchObject([
      { bill: 'trade', state: 'reconciled', rows: 2 },
      { bill: 'BASIC', state: 'reconciled' },
      { state: 'reconciled' },
      { state: 'reconciled' },
    ])
    expect(await differences()).toEqual([])
    expect(await questions(asked)).toBe(0)
  })

  test.each<[string, () => Promise<Held>]>([
    ['its end', collected],
    [
      'that it was paid',
      async () => {
        const held = await enjoyed()
        await cards.act(held, 'quit')
        await cards.query(held)
        expect(await cards.row(held)).toMatchObject({ state: 'owing' })
        await cards.advance(10)
        return held
      },
    ],
  ])('of which nobody told %s is found in the morning by who paid, once', async (_, make) => {
    const held = await make()
    expect(await movementsOf(held)).toEqual([])
    await reconcile()
    expect(await cards.row(held)).toMatchObject({ state: 'paid', total_fen: ENJOYED })
    const paid = [{ kind: 'payment', proof: 'query', amount_fen: ENJOYED }]
    expect(await movementsOf(held)).toEqual(paid)
    expect(await differences()).toMatchObject([
      { bill: 'trade', kind: 'payment_missing_here', state: 'resolved', note: 'our books have it by query' },
    ])
    await cards.advance(3601)
    while ((await runBills(cards.ctx, asking)) > 0);
    expect(await movementsOf(held)).toEqual(paid)
  })

  test('stays open while WeChat Pay does not answer, with its sum and no anomaly, and closes when it does', async () => {
    const held = await collected()
    await cards.simulated.faults(silent)
    await reconcile()
    expect(await movementsOf(held)).toEqual([])
    expect(await differences()).toMatchObject([{ kind: 'payment_missing_here', state: 'open', delta_fen: ENJOYED }])
    expect(await cards.ctx.db.selectFrom('anomaly').selectAll().execute()).toEqual([])
    await cards.simulated.faults()
    await cards.advance(3601)
    while ((await runBills(cards.ctx, asking)) > 0);
    expect(await cards.row(held)).toMatchObject({ state: 'paid' })
    expect(await differences()).toMatchObject([{ state: 'resolved' }])
  })

  test('from who holds several cards is of the one that was left; all that may owe are asked about', async () => {
    const held = await collected()
    const other = await cards.taken({ shopper: held.shopper, templateId: await cards.template() })
    const stranger = await cards.taken()
    const asked = (await cardRequests()).length
    await reconcile()
    expect(await questions(asked)).toBe(2)
    expect(await cards.row(held)).toMatchObject({ state: 'paid' })
    for (const one of [other, stranger]) expect(await cards.row(one)).toMatchObject({ state: 'ongoing' })
    expect((await differences()).map(({ state }) => state)).toEqual(['resolved'])
  })

  test('and went back by hand in 商户平台 is adopted with it, and both bills agree', async () => {
    const held = await collected()
    const { transactionId } = await cards.atWechat(held)
    const { transactions } = await cards.simulated.call<{
      transactions: { outTradeNo: string; transactionId: string }[]
    }>('GET', '/transactions')
    const number = transactions.find((one) => one.transactionId === transactionId)?.outTradeNo
    expect(number).not.toBe((await cards.row(held)).out_card_code)
    await cards.simulated.call('POST', `/transactions/${number}/refund`, { amountFen: 80 })
    await cards.advance(30)
    await reconcile()
    expect(await movementsOf(held)).toMatchObject([
      { kind: 'payment', amount_fen: ENJOYED },
      { kind: 'refund', amount_fen: -80 },
    ])
    expect((await differences()).map(({ state }) => state)).toEqual(['resolved', 'resolved'])
  })
})

test('a row of who holds no card of ours is nobody’s to ask about', async () => {
  await enjoyed()
  const asked = (await cardRequests()).length
  const theirs = { transactionId: '4299000000000000000000000007', outTradeNo: 'WXTHEIRS', orderFen: ENJOYED }
  const row = { ...theirs, openid: 'oSomebodyElse', tradeType: 'AUTH', attach: '' }
  await cards.simulated.call('POST', `/bills/${day}?type=ALL`, { add: [row] })
  await reconcile()
  expect(await questions(asked)).toBe(0)
  expect((await differences()).filter(({ bill }) => bill === 'trade')).toMatchObject([
    { kind: 'payment_missing_here', state: 'open', delta_fen: ENJOYED },
  ])
})

test('a promise that was kept and a card that was left with nothing enjoyed are in no bill', async () => {
  const [kept, unused] = [await cards.taken(), await cards.taken()]
  for (let i = 0; i < 3; i++) await cards.buy(kept.shopper)
  await cards.tell()
  await cards.act(unused, 'quit')
  await cards.advance(10)
  expect(await cards.atWechat(kept)).toMatchObject({ state: 'FINISHED', payState: null })
  await reconcile()
  expect(await billStates()).toMatchObject([{ bill: 'trade', rows: 3 }, {}, {}, {}])
  expect(await differences()).toEqual([])
})
