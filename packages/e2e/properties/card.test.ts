import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { CARD, type CardShop, openCardShop } from '../support/cards.ts'
import { type Holder, newHolder } from '../support/holder.ts'
import { type House, openHouse } from '../support/house.ts'
import { eventually } from '../support/wait.ts'

const DAY_SECONDS = 86_400
/** ¥58.00, a fifth off. */
const DISCOUNT_FEN = 1160

let house: House
let shop: CardShop
let offerId: string

beforeAll(async () => {
  house = await openHouse({ servers: 2 })
  shop = await openCardShop(house)
  offerId = (await shop.offer()).id
}, 240_000)
afterAll(() => house?.close())
afterEach(async () => {
  await house.simulated.faults()
})

const times = <T>(count: number, make: (i: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, i) => make(i)))

async function holding(offer = offerId): Promise<Holder> {
  const holder = await newHolder(house, offer)
  await holder.take()
  await holder.check()
  expect(await holder.see()).toMatchObject({ status: 'ongoing' })
  return holder
}

/** While nothing else moves the clock, sweeps wait for it. */
async function reaches(holder: Holder, status: string, stepSeconds = 30) {
  return eventually(
    async () => {
      await house.simulated.advance(stepSeconds)
      return holder.see()
    },
    (card) => card.status === status,
    { what: `card ${status}`, timeoutMs: 60_000 },
  )
}

const moved = async (cardId: string) =>
  (
    await house.pool.query<{ fen: number; sums: number }>(
      `select coalesce(sum(m.amount_fen), 0)::int as fen, count(*)::int as sums
       from movement m join charge c on c.id = m.charge_id where c.subject_id = $1`,
      [cardId],
    )
  ).rows[0]

test('forty orders at once, at two servers, are never given more than the reward has left', async () => {
  const small = { ...CARD, name: '小额先享卡', rewards: [{ ...CARD.rewards[0], amountFen: 3 * DISCOUNT_FEN + 100 }] }
  const holder = await holding((await shop.offer(small as typeof CARD)).id)
  const orders = await times(40, (i) => holder.order('swim-pass', house.servers[i % 2]?.url))
  const discounts = orders.map(({ discountFen }) => discountFen).filter((fen) => fen > 0)
  expect(discounts.sort((a, b) => a - b)).toEqual([100, DISCOUNT_FEN, DISCOUNT_FEN, DISCOUNT_FEN])
  for (const { amountFen, discountFen } of orders) expect(amountFen + discountFen).toBe(5800)
})

test('the promise is kept: three orders are told once each, and nothing is collected', async () => {
  const holder = await holding()
  for (let i = 0; i < 3; i++) {
    const { id, amountFen, discountFen } = await holder.order()
    expect({ amountFen, discountFen }).toEqual({ amountFen: 4640, discountFen: DISCOUNT_FEN })
    await holder.pay(id)
    await eventually(holder.see, ({ goals }) => goals[0]?.done === i + 1, { what: `order ${i + 1} counted` })
  }
  await reaches(holder, 'finished')
  const card = await shop.see(holder.cardId)
  expect(card).toMatchObject({ savedFen: 3 * DISCOUNT_FEN, totalFen: 3 * DISCOUNT_FEN, transactionId: null })
  expect(new Set(card.records.map(({ serialNo }) => serialNo)).size).toBe(6)
  expect(card.records.map(({ kind }) => kind)).toEqual(['reward', 'goal', 'reward', 'goal', 'reward', 'goal'])
  expect(await shop.atWechat(card)).toMatchObject({ state: 'FINISHED', totalFen: 3 * DISCOUNT_FEN, payState: null })
  await house.simulated.advance(DAY_SECONDS)
  expect(await moved(holder.cardId)).toEqual({ fen: 0, sums: 0 })
})

test('the promise is broken: what was enjoyed is collected once, whatever becomes of the notices', async () => {
  const unheard = [
    [{ kind: 'lose-notification', probability: 1 }],
    [{ kind: 'duplicate-notification', copies: 5, probability: 1 }],
    [{ kind: 'reorder-notifications', window: 2, probability: 1 }],
    [{ kind: 'delay-notification', seconds: 7200, probability: 1 }],
  ]
  for (const faults of unheard) {
    const holder = await holding()
    // The servers look at WeChat's clock four times a second; until then the card has not begun for them.
    const { id } = await eventually(holder.order, ({ discountFen }) => discountFen > 0, { what: 'a cheaper order' })
    await holder.pay(id)
    await shop.told(holder.cardId, DISCOUNT_FEN)
    await house.simulated.faults(...faults)
    await holder.quit()
    // A notice that is lost is made up for by a question within six hours.
    const card = await reaches(holder, 'paid', 600)
    expect(card).toMatchObject({ savedFen: DISCOUNT_FEN, dueFen: DISCOUNT_FEN })
    await house.simulated.faults()
    await house.simulated.advance(4 * 3600)
    expect(await moved(holder.cardId)).toEqual({ fen: DISCOUNT_FEN, sums: 1 })
  }
}, 240_000)

test('SIGKILL again and again while records are told: every one is at WeChat once', async () => {
  const long = { ...CARD, name: '长期先享卡', goals: [{ ...CARD.goals[0], times: 10 }] }
  const holder = await holding((await shop.offer(long as typeof CARD)).id)
  for (let round = 0; round < 2; round++) {
    const orders = [await holder.order(), await holder.order('towel')]
    const server = house.servers.at(-1)
    await house.simulated.faults({
      kind: 'timeout-after-effect',
      match: { path: '/v3/discount-card/cards/*/add-user-records' },
      seconds: 1,
      probability: 0.5,
    })
    await Promise.all([...orders.map(({ id }) => holder.pay(id)), server?.kill()].map((act) => act?.catch(() => null)))
    await house.launch()
    for (const { id } of orders) await holder.pay(id).catch(() => null)
  }
  await house.simulated.faults()
  const settled = () =>
    house.pool.query<{ open: number; fen: number }>(
      `select (select count(*) from card_record r where r.card_id = $1 and state <> 'accepted')::int as open,
         (select coalesce(sum(g.discount_fen), 0) from card_order g join orders o on o.id = g.order_id
           where g.card_id = $1 and o.state = 'paid')::int as fen`,
      [holder.cardId],
    )
  const { rows } = await eventually(
    async () => {
      await house.simulated.advance(20)
      return settled()
    },
    ({ rows: [row] }) => row?.open === 0 && row.fen > 0,
    { what: 'all records told', timeoutMs: 60_000 },
  )
  const card = await shop.see(holder.cardId)
  expect(await shop.atWechat(card)).toMatchObject({ totalFen: rows[0]?.fen })
}, 240_000)

test('who takes the card holds it: who asked reads that somebody else did', async () => {
  const asker = await newHolder(house, offerId)
  await shop.takeAtWechat(await shop.see(asker.cardId), 'oFriendOfTheAsker')
  await asker.check()
  expect(await asker.see()).toMatchObject({ status: 'taken_by_other', savedFen: 0, page: null })
  expect(await shop.see(asker.cardId)).toMatchObject({ status: 'ongoing', openid: 'oFriendOfTheAsker' })
  expect((await asker.order()).discountFen).toBe(0)
})
