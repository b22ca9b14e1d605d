import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ShopperCtx } from '../../../kernel/context.ts'
import { inTransaction } from '../../../kernel/db.ts'
import { undoUse } from '../../../shop/uses/undo.ts'
import { type Cards, openCards } from '../../../testing/cards.ts'
import { startPayment } from '../../payments/start-payment.ts'
import { lockCard } from '../repository.ts'
import { restateCard, restateCardsOf } from './restate.ts'

const DAY_SECONDS = 86_400
const MANY_TIMES = [{ name: '多次运动', times: 100, counts: 'orders' }] as const

let cards: Cards
beforeAll(async () => {
  cards = await openCards()
}, 120_000)
afterAll(() => cards?.close())

const restated = (held: { id: string }) =>
  inTransaction(cards.ctx.db, async (tx) => restateCard(tx, await lockCard(tx, held.id), cards.ctx.clock.now()))
/** What WeChat Pay counts, when all is told. */
async function counted(held: { id: string }) {
  await cards.tell()
  const { objectives, rewards, totalFen } = await cards.atWechat(held)
  return { done: objectives.map((one) => one.completed), used: rewards.map((one) => one.used), totalFen }
}

describe('what is true of an order is told once', () => {
  test('however often it is looked at, by however many at once', async () => {
    const held = await cards.taken()
    await cards.buy(held.shopper)
    await Promise.all(Array.from({ length: 5 }, () => restated(held)))
    await cards.tell()
    await restated(held)
    expect(await cards.told(held)).toHaveLength(2)
    await expect(counted(held)).resolves.toEqual({ done: [1], used: [1], totalFen: 580 })
  })

  test('for every card of who paid; one of them made it cheaper', async () => {
    const first = await cards.taken()
    const templateId = await cards.template({
      goals: MANY_TIMES,
      rewards: [{ name: '八折', amountFen: 900, percentOff: 20 }],
    })
    const second = await cards.taken({ shopper: first.shopper, templateId })
    const order = await cards.buy(first.shopper)
    expect(order.discount_fen).toBe(900)
    await expect(counted(first)).resolves.toEqual({ done: [1], used: [0], totalFen: 0 })
    await expect(counted(second)).resolves.toEqual({ done: [1], used: [1], totalFen: 900 })
    // Nothing is left of the better one.
    expect((await cards.buy(first.shopper)).discount_fen).toBe(580)
    await expect(counted(first)).resolves.toEqual({ done: [2], used: [1], totalFen: 580 })
    await expect(counted(second)).resolves.toEqual({ done: [2], used: [1], totalFen: 900 })
  })

  test('not for cards of others, nor for goods that do not count', async () => {
    const templateId = await cards.template({
      goals: [{ name: '买毛巾', times: 3, counts: 'orders', goodsIds: ['towel', 'swim-cap'] }],
    })
    const [held, other] = [await cards.taken({ templateId }), await cards.taken({ templateId })]
    await cards.buy(held.shopper, 'swim-pass')
    expect(await cards.told(held)).toEqual(['reward + 1 580 waiting'])
    await cards.buy(held.shopper, 'swim-pass', 'towel')
    await expect(counted(held)).resolves.toEqual({ done: [1], used: [2], totalFen: 1550 })
    expect(await cards.told(other)).toEqual([])
  })

  test('without reading the cards of everybody', async () => {
    const held = await cards.taken()
    const order = await cards.buy(held.shopper)
    await sql`
      insert into card (id, template_id, mchid, appid, out_card_code, asked_by, created_at, request, state, openid)
      select gen_random_uuid(), template_id, mchid, appid, replace(gen_random_uuid()::text, '-', ''), gen_random_uuid(),
        created_at, request, 'lapsed', gen_random_uuid()
      from card, generate_series(1, 3000) where id = ${held.id}`.execute(cards.ctx.db)
    await sql`analyze card`.execute(cards.ctx.db)
    const { rows } = await inTransaction(cards.ctx.db, async (tx) => {
      await restateCardsOf(tx, order.id, cards.ctx.clock.now())
      const read = sql<{ count: number }>`select seq_tup_read as count from pg_stat_xact_user_tables`
      return sql<{ count: number }>`${read} where relname = 'card'`.execute(tx)
    })
    expect(rows[0]?.count).toBeLessThan(1000)
  })

  test('a goal or a reward of which we have no terms gets no records and takes nothing off', async () => {
    const { db } = cards.ctx
    const taken = await cards.taken()
    await db
      .insertInto('card_goal')
      .values({
        ...{ card_id: taken.id, objective_id: randomUUID().slice(0, 32), position: 9, number: null },
        ...{ name: '没有的', times: 1, unit: '次' },
      })
      .execute()
    await db
      .insertInto('card_reward')
      .values({
        ...{ card_id: taken.id, reward_id: 'unknown', position: 9, number: null, name: '没有的', times: null },
        ...{ unit: '次', amount_fen: 1_000_000 },
      })
      .execute()
    expect((await cards.buy(taken.shopper)).discount_fen).toBe(580)
    expect(await cards.told(taken)).toEqual(['reward + 1 580 waiting', 'goal + 1 waiting'])
  })
})

describe('money that goes back', () => {
  test('in full takes back all that was told of the order, and the card has it again', async () => {
    const held = await cards.taken()
    const order = await cards.buy(held.shopper)
    await expect(counted(held)).resolves.toEqual({ done: [1], used: [1], totalFen: 580 })
    await cards.refund(order)
    expect(await cards.told(held)).toEqual([
      ...['reward + 1 580 accepted', 'goal + 1 accepted'],
      ...['reward - 1 580 waiting', 'goal - 1 waiting'],
    ])
    await expect(counted(held)).resolves.toEqual({ done: [0], used: [0], totalFen: 0 })
  })

  test('in parts takes back as much of the discount, by taking all back and telling the rest anew', async () => {
    const held = await cards.taken()
    const order = await cards.buy(held.shopper)
    await cards.tell()
    await cards.refund(order, 2610)
    expect(await cards.told(held)).toEqual([
      ...['reward + 1 580 accepted', 'goal + 1 accepted'],
      ...['reward - 1 580 waiting', 'reward + 1 290 waiting'],
    ])
    await expect(counted(held)).resolves.toEqual({ done: [1], used: [1], totalFen: 290 })
    await cards.refund(order, 1)
    await expect(counted(held)).resolves.toEqual({ done: [1], used: [1], totalFen: 290 })
    await cards.refund(order, 2608)
    await expect(counted(held)).resolves.toEqual({ done: [1], used: [1], totalFen: 1 })
    await cards.refund(order, 1)
    await expect(counted(held)).resolves.toEqual({ done: [0], used: [0], totalFen: 0 })
  })

  test('before anything was told is told after it, in order', async () => {
    const held = await cards.taken()
    const order = await cards.buy(held.shopper)
    await cards.refund(order)
    expect((await cards.told(held)).map((one) => one.split(' ').slice(0, 2).join(' '))).toEqual([
      ...['reward +', 'goal +', 'reward -', 'goal -'],
    ])
    await expect(counted(held)).resolves.toEqual({ done: [0], used: [0], totalFen: 0 })
  })

  test('by hand in 商户平台 counts as well', async () => {
    const held = await cards.taken()
    const order = await cards.order(held.shopper)
    const outTradeNo = await cards.payAtWechat(held.shopper, order)
    await cards.hear(outTradeNo)
    await cards.tell()
    await cards.foreignRefund(outTradeNo)
    await expect(counted(held)).resolves.toEqual({ done: [0], used: [0], totalFen: 0 })
  })
})

describe('money that nobody waits for goes back, and takes nothing back', () => {
  /** Closed here, and nowhere else. @returns 商户订单号 */
  async function closedHere(shopper: ShopperCtx, { id }: { id: string }): Promise<string> {
    await startPayment(shopper, { id })
    const closed = { state: 'closed', next_query_at: null } as const
    const charges = cards.ctx.db
      .updateTable('charge')
      .set(closed)
      .where('subject_id', '=', id)
      .returning('out_trade_no')
    return (await charges.executeTakeFirstOrThrow()).out_trade_no
  }
  async function hearOf(outTradeNo: string): Promise<void> {
    await cards.hear(outTradeNo)
    await cards.sweep()
    await cards.advance(60)
    await cards.sweep()
  }

  test('of an order that was paid twice', async () => {
    const held = await cards.taken()
    const order = await cards.order(held.shopper)
    const first = await closedHere(held.shopper, order)
    await cards.simulated.pay(first)
    await cards.pay(held.shopper, order)
    await hearOf(first)
    const refunds = cards.ctx.db.selectFrom('refund').innerJoin('charge', 'charge.id', 'charge_id').selectAll('refund')
    expect(await refunds.where('subject_id', '=', order.id).execute()).toMatchObject([
      { cause: 'paid_twice', state: 'succeeded', amount_fen: 5220 },
    ])
    expect(await cards.told(held)).toEqual(['reward + 1 580 accepted', 'goal + 1 accepted'])
  })

  test('of an order that was closed: it counts for nothing, and the card has its discount again', async () => {
    const rewards = [{ name: '九折优惠', amountFen: 580, percentOff: 10 }]
    const held = await cards.taken({ templateId: await cards.template({ rewards }) })
    const order = await cards.order(held.shopper)
    const number = await closedHere(held.shopper, order)
    await cards.ctx.db.updateTable('orders').set({ state: 'closed' }).where('id', '=', order.id).execute()
    expect(await cards.buy(held.shopper)).toMatchObject({ discount_fen: 580 })
    await cards.simulated.pay(number)
    await hearOf(number)
    expect(await cards.told(held)).toEqual(['reward + 1 580 accepted', 'goal + 1 accepted'])
    expect(await cards.order(held.shopper)).toMatchObject({ discount_fen: 0 })
  })
})

describe('goals that count uses', () => {
  test('go by how much of what counts was used and not undone', async () => {
    const templateId = await cards.template({
      goals: [{ name: '到店两次', times: 9, counts: 'uses', goodsIds: ['swim-pass'] }],
    })
    const held = await cards.taken({ templateId })
    const order = await cards.buy(held.shopper, 'swim-pass', 'towel')
    await expect(counted(held)).resolves.toMatchObject({ done: [0] })
    const { id } = await cards.use(order)
    await cards.use(order, 'towel')
    await expect(counted(held)).resolves.toMatchObject({ done: [1] })
    await undoUse({ ...cards.lin }, { id })
    await undoUse({ ...cards.lin }, { id })
    await expect(counted(held)).resolves.toMatchObject({ done: [0] })
    await cards.use(order)
    await expect(counted(held)).resolves.toMatchObject({ done: [1] })
    await cards.refund(order)
    await expect(counted(held)).resolves.toMatchObject({ done: [0], totalFen: 0 })
  })

  test('count what was bought before the card was taken, when it is used after', async () => {
    const shopper = cards.newShopper()
    const order = await cards.buy(shopper)
    await cards.advance(2)
    const templateId = await cards.template({ goals: [{ name: '到店', times: 3, counts: 'uses' }] })
    const held = await cards.taken({ shopper, templateId })
    expect(await cards.told(held)).toEqual([])
    const { id } = await cards.use(order)
    await expect(counted(held)).resolves.toMatchObject({ done: [1] })
    await undoUse(cards.lin, { id })
    await expect(counted(held)).resolves.toMatchObject({ done: [0] })
  })
})

describe('the time of a card', () => {
  test('an order that was paid before we knew of the card waits, and counts', async () => {
    const shopper = cards.newShopper()
    const held = await cards.takenUnheard({ shopper })
    await cards.advance(2)
    const order = await cards.buy(shopper)
    expect(order.discount_fen).toBe(0)
    expect(await cards.told(held)).toEqual([])
    await cards.query(held)
    expect(await cards.told(held)).toEqual(['goal + 1 waiting'])
    await expect(counted(held)).resolves.toMatchObject({ done: [1] })
  })

  test('what is paid before it began, or after it is over, does not count', async () => {
    const shopper = cards.newShopper()
    await cards.buy(shopper)
    await cards.advance(2)
    const held = await cards.taken({ shopper })
    expect(await cards.told(held)).toEqual([])
    await cards.advance(7 * DAY_SECONDS + 1)
    expect((await cards.buy(shopper)).discount_fen).toBe(0)
    expect(await cards.told(held)).toEqual([])
  })

  test('what was ordered with a discount before the end and paid after it has its reward told, not its goal', async () => {
    const held = await cards.taken()
    await cards.advance(7 * DAY_SECONDS - 60)
    const order = await cards.order(held.shopper)
    await cards.advance(120)
    await cards.pay(held.shopper, order)
    expect(await cards.told(held)).toEqual(['reward + 1 580 waiting'])
    await expect(counted(held)).resolves.toEqual({ done: [0], used: [1], totalFen: 580 })
    expect((await cards.row(held)).state).toBe('settling')
  })

  test('what was paid before the end and is heard of while it settles counts', async () => {
    const held = await cards.taken()
    await cards.advance(7 * DAY_SECONDS - 60)
    const number = await cards.payAtWechat(held.shopper, await cards.order(held.shopper))
    await cards.advance(120)
    await cards.query(held)
    await cards.hear(number)
    await expect(counted(held)).resolves.toEqual({ done: [1], used: [1], totalFen: 580 })
  })
})
