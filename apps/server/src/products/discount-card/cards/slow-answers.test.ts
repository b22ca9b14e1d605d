import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { CARDS, type CardShop, openCardShop } from '../../../testing/card-shop.ts'
import { slowLine } from '../../../testing/slow-line.ts'
import { catchUpCards } from './catch-up.ts'
import { prepareCard } from './prepare.ts'
import { queryCard } from './query.ts'

const { transport, shut, clear } = slowLine({ creates: CARDS, queries: CARDS })

let shop: CardShop
beforeAll(async () => {
  shop = await openCardShop({ transport })
}, 120_000)
afterAll(() => shop?.close())
afterEach(async () => {
  clear()
  await shop.simulated.faults()
  shop.alarms.length = 0
})

const tap = (shopper: ReturnType<CardShop['newShopper']>) => prepareCard(shopper, { id: shop.offer.id })
const only = async (shopper: ReturnType<CardShop['newShopper']>) => {
  const [row] = await shop.rowsOf(shopper)
  return row ?? expect.unreachable('no card')
}

test('a token that comes after the card was taken is not handed out', async () => {
  const asker = await shop.asker()
  await shop.advance(660)
  const gate = shut('back')
  const slow = tap(asker.shopper)
  await gate.arrived
  await shop.take(asker)
  expect(await shop.query(asker)).toBe('ongoing')
  gate.open()
  await expect(slow).rejects.toMatchObject({ code: 'CARD_ALREADY_TAKEN' })
  expect(await shop.row(asker)).toMatchObject({ state: 'ongoing' })
})

test('a token that is older than the one that is handed out is forgotten', async () => {
  const shopper = shop.newShopper()
  const gate = shut('back')
  const slow = tap(shopper)
  await gate.arrived
  const { id } = await only(shopper)
  // Whoever holds the turn is thought to be gone.
  await shop.advance(90)
  const { page } = await tap(shopper)
  gate.open()
  expect((await slow).page).toEqual(page)
  expect(await shop.prepared({ id })).toHaveLength(2)
})

test('an answer that is older than the end changes nothing', async () => {
  const holder = await shop.holder()
  const gate = shut('from a query')
  const old = queryCard(shop.ctx, await shop.row(holder))
  await gate.arrived
  await shop.act(holder, 'quit')
  expect(await shop.query(holder)).toBe('unfinished')
  const row = await shop.row(holder)
  gate.open()
  expect(await old).toBe('unfinished')
  expect(await shop.row(holder)).toEqual(row)
  expect(shop.alarms).toEqual([])
})

test('a card that is taken while it is given up stays taken', async () => {
  const asker = await shop.asker()
  await shop.simulated.call('PUT', '/switches', { cardTokenSeconds: 30 * 86_400 })
  await shop.advance(86_400)
  const gate = shut('from a query')
  const sweep = catchUpCards(shop.ctx)
  await gate.arrived
  await shop.take(asker)
  expect(await shop.query(asker)).toBe('ongoing')
  gate.open()
  await sweep
  expect(await shop.row(asker)).toMatchObject({ state: 'ongoing', unconfirmed: false })
})

test('who took too long does not refuse what another one is preparing', async () => {
  const shopper = shop.newShopper()
  const refusal = { kind: 'error-before-effect', status: 403, code: 'NO_AUTH', count: 1 }
  await shop.simulated.faults({ match: { method: 'POST', path: CARDS }, ...refusal })
  const first = shut('back')
  const slow = tap(shopper).catch((error: unknown) => error)
  await first.arrived
  const { id } = await only(shopper)
  await shop.advance(90)
  const second = shut('out')
  const other = tap(shopper)
  await second.arrived
  first.open()
  await slow
  second.open()
  expect((await other).card.id).toBe(id)
  expect(await shop.rowsOf(shopper)).toMatchObject([{ id, state: 'prepared', problem: null }])
})

test('a token of a card that was refused meanwhile is forgotten when there is another card to take', async () => {
  const shopper = shop.newShopper()
  const first = shut('back')
  const slow = tap(shopper)
  await first.arrived
  const { id } = await only(shopper)
  await shop.advance(90)
  const refused = { state: 'refused', problem: 'NO_AUTH', next_query_at: null } as const
  await shop.ctx.db.updateTable('card').set(refused).where('id', '=', id).execute()
  const other = await tap(shopper)
  first.open()
  await expect(slow).resolves.toMatchObject({ card: { id: other.card.id } })
  expect(await shop.rowsOf(shopper)).toMatchObject([
    { id, state: 'refused' },
    { id: other.card.id, state: 'prepared' },
  ])
})

test.each(['prepareCard', 'queryCard'] as const)(
  'one that hangs in %s holds nobody up for longer than its turn',
  async (call) => {
    const asker = await shop.asker()
    await shop.advance(660)
    const gate = shut(call === 'prepareCard' ? 'out' : 'from a query')
    const hanging = tap(asker.shopper).catch((error: unknown) => error)
    await gate.arrived
    await shop.advance(90)
    expect((await tap(asker.shopper)).card.id).toBe(asker.id)
    gate.open()
    await hanging
    expect(await shop.row(asker)).toMatchObject({ state: 'prepared' })
  },
)
