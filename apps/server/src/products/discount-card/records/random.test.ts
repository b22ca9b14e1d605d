import { randomInt, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Ctx } from '../../../kernel/context.ts'
import { createDb } from '../../../kernel/db.ts'
import { AppError } from '../../../kernel/errors.ts'
import { refundedFen } from '../../../ledger/movements.ts'
import { createUse } from '../../../shop/uses/create.ts'
import { undoUse } from '../../../shop/uses/undo.ts'
import { type Cards, type Held, openCards } from '../../../testing/cards.ts'
import { faultsBy, generator, often, type Pick, payAnOrder, pickBy } from '../../../testing/random.ts'
import { cancelOrder } from '../../payments/cancel.ts'
import { catchUp as catchUpPayments } from '../../payments/catch-up.ts'
import { startPayment } from '../../payments/start-payment.ts'
import { catchUp as catchUpRefunds } from '../../refunds/catch-up.ts'
import { createRefund } from '../../refunds/create-refund.ts'
import { queryCard } from '../cards/query.ts'
import { catchUp } from '../catch-up.ts'
import { endedCardStates } from '../states.ts'

const SHOPPERS = 3
const ROUNDS = 60
const AT_ONCE = 5
const DAY_SECONDS = 86_400
const SEEDS = [1, 2, randomInt(2 ** 31)]

const LIES = {
  match: { method: 'POST', path: '/v3/discount-card/cards/*' },
  ...{ kind: 'ok-without-effect', probability: 0.1 },
}
/** What people may be told; anything else is a defect. */
const TOLD = [
  ...['ORDER_PAID', 'ORDER_CLOSED', 'ORDER_EXPIRED', 'ORDER_NOT_PAID', 'NOTHING_TO_USE', 'WECHATPAY_UNAVAILABLE'],
  ...['REFUND_EXCEEDS_ORDER', 'REFUND_COUNT_EXCEEDED'],
]

let cards: Cards
/** Two processes: each with connections of its own. */
let processes: readonly Ctx[]
/** Two kinds: one can hardly be kept, one runs out of money soon and counts uses of some goods. */
let templates: readonly string[]
beforeAll(async () => {
  cards = await openCards()
  processes = [cards.ctx, { ...cards.ctx, db: createDb(cards.databaseUrl) }]
  templates = [
    await cards.template({
      goals: [{ name: '买许多', times: 60, counts: 'orders' }],
      rewards: [{ name: '九折', amountFen: 3000, percentOff: 10 }],
    }),
    await cards.template({
      goals: [
        { name: '游泳', times: 4, counts: 'uses', goodsIds: ['swim-pass'] },
        { name: '买', times: 3, counts: 'orders', goodsIds: ['towel', 'swim-pass'] },
      ],
      rewards: [{ name: '毛巾七折', amountFen: 2500, percentOff: 30, times: 4, goodsIds: ['towel'] }],
    }),
  ]
}, 120_000)
afterAll(async () => {
  await processes?.[1]?.db.destroy()
  await cards?.close()
})

test.each(SEEDS)(
  'whatever happens in whatever order, WeChat Pay keeps what is true by our own orders: seed %i',
  async (seed) => {
    const random = generator(seed)
    const pick = pickBy(random)
    const all: Held[] = []
    for (let i = 0; i < SHOPPERS; i++) {
      const shopper = cards.newShopper()
      for (const templateId of templates) all.push(await cards.takenUnheard({ shopper, templateId }))
    }
    await cards.simulated.faults(LIES, ...faultsBy(seed))
    const acts = actsOn(all, pick, random)
    for (let round = 0; round < ROUNDS; round++) {
      await Promise.all(Array.from({ length: AT_ONCE }, () => pick(acts)().catch(expected)))
    }
    await cards.simulated.faults()
    await settleDown()
    for (const held of all) expect(await disagreements(held)).toEqual([])
    // Nobody waited for each other in a circle, and no rule of the database had to stop anybody.
    expect(cards.logs.filter(({ msg }) => msg === 'sweep failed')).toEqual([])
  },
  180_000,
)

function actsOn(all: readonly Held[], pick: Pick, random: () => number): readonly (() => Promise<unknown>)[] {
  const order = async (state?: 'paid') => {
    const { actor } = pick(all).shopper
    const rows = cards.ctx.db.selectFrom('orders').selectAll().where('openid', '=', actor.openid)
    const found = await (state ? rows.where('state', '=', state) : rows).execute()
    return found.length > 0 ? pick(found) : undefined
  }
  const shopperOf = (openid: string) => all.find(({ shopper }) => shopper.actor.openid === openid)?.shopper
  const asking = () => ({ ...cards.lin, ...pick(processes), idempotencyKey: randomUUID() })
  const baskets = [['swim-pass'], ['towel'], ['swim-pass', 'towel'], ['swim-cap'], ['trial-pass']]
  return [
    ...often(5, () => cards.order({ ...pick(all).shopper, ...pick(processes) }, ...pick(baskets))),
    ...often(6, async () => {
      const one = await order()
      const shopper = one && shopperOf(one.openid)
      if (one && shopper) await startPayment(shopper, one)
    }),
    ...often(8, () => payAnOrder(cards, pick)),
    async () => {
      const one = await order()
      const shopper = one && shopperOf(one.openid)
      if (one && shopper) await cancelOrder(shopper, one)
    },
    ...often(3, async () => {
      const one = await order('paid')
      if (!one) return
      const amountFen = random() < 0.4 ? one.amount_fen : 1 + Math.floor(random() * one.amount_fen)
      await createRefund(asking(), { id: one.id, reason: '改期', amountFen })
    }),
    ...often(4, async () => {
      const one = await order('paid')
      if (one) await createUse(asking(), { id: one.id, goodsId: pick(['swim-pass', 'towel']), quantity: 1 })
    }),
    async () => {
      const uses = await cards.ctx.db.selectFrom('service_use').select('id').execute()
      if (uses.length > 0) await undoUse(asking(), pick(uses))
    },
    async () => queryCard(pick(processes), await cards.row(pick(all))),
    ...often(3, () => catchUp(pick(processes))),
    ...often(2, () => catchUpPayments(pick(processes))),
    () => catchUpRefunds(pick(processes)),
    ...often(2, () => cards.advance(1 + Math.floor(random() * 300))),
    () => (random() < 0.1 ? cards.act(pick(all), 'quit').catch(() => undefined) : Promise.resolve()),
    // A process that dies while it sends: its turn is not given back.
    async () => {
      const until = new Date(cards.ctx.clock.now().getTime() + 40_000)
      const held = cards.ctx.db.updateTable('card').set({ sending_until: until }).where('id', '=', pick(all).id)
      if (random() < 0.3) await held.execute()
    },
  ]
}

function expected(error: unknown): void {
  if (!(error instanceof AppError)) throw error
  expect(TOLD).toContain(error.code)
}

/** Past every wait: the sweeps alone have to bring all that is under way to an end. */
async function settleDown(): Promise<void> {
  for (const seconds of [700, 700, 2000, 700, DAY_SECONDS / 2, 700]) {
    await cards.advance(seconds)
    await cards.sweep()
  }
}

/** In which ways what WeChat Pay keeps differs from what our own orders come to, by another way of counting than ours. */
async function disagreements(held: Held): Promise<readonly string[]> {
  const [card, at] = [await cards.row(held), await cards.atWechat(held)]
  const found: string[] = []
  const serials = (await cards.sent(held)).map((body) => [/serial_no":"([0-9a-f]{32})/.exec(body)?.[1], body] as const)
  if (new Set(serials.map(([serial]) => serial)).size !== new Set(serials.map(([, body]) => body)).size) {
    found.push('a serial number was used for two different records')
  }
  const records = await cards.records(held)
  const accepted = records.filter(({ state }) => state === 'accepted')
  if (accepted.length !== at.records) found.push(`${accepted.length} accepted, WeChat Pay keeps ${at.records}`)
  if (endedCardStates.some((state) => state === card.state)) {
    const sum = accepted.reduce((fen, { direction, amount_fen }) => fen + sign(direction) * (amount_fen ?? 0), 0)
    if (sum !== at.totalFen) found.push(`ended: ${sum} accepted, WeChat Pay has ${at.totalFen}`)
    return found
  }
  const open = records.filter(({ state }) => state !== 'accepted')
  if (open.length > 0) found.push(`${card.state}: ${open.map(({ state, number }) => `${number} ${state}`)}`)
  const truth = await trueOf(held)
  const kept = [at.totalFen, ...at.rewards.map(({ used }) => used), ...at.objectives.map(({ completed }) => completed)]
  if (kept.join() !== truth.join()) found.push(`${card.state}: WeChat Pay keeps ${kept}, true is ${truth}`)
  return found
}

const sign = (direction: string) => (direction === 'INCREASE' ? 1 : -1)

/** Fen enjoyed, how often, and how far each goal is. */
async function trueOf({ id, shopper }: Held): Promise<readonly number[]> {
  const { db } = cards.ctx
  const { template_id, begin_at } = await cards.row({ id })
  const since = new Date(Math.floor((begin_at?.getTime() ?? 0) / 1000) * 1000)
  const orders = await db
    .selectFrom('orders')
    .leftJoin('card_order', (on) => on.onRef('order_id', '=', 'orders.id').on('card_id', '=', id))
    .select(['orders.id', 'amount_fen', 'paid_at', 'card_order.discount_fen'])
    .where('openid', '=', shopper.actor.openid)
    .where('state', '=', 'paid')
    .execute()
  const back = await refundedFen(
    db,
    orders.map((order) => order.id),
  )
  const standing = orders.filter((order) => (back.get(order.id) ?? 0) < order.amount_fen)
  const enjoyed = standing.flatMap(({ id: orderId, amount_fen, discount_fen }) =>
    discount_fen === null ? [] : [discount_fen - Math.floor((discount_fen * (back.get(orderId) ?? 0)) / amount_fen)],
  )
  const counted = standing.filter(({ paid_at }) => paid_at !== null && paid_at >= since)
  const total = enjoyed.reduce((sum, fen) => sum + fen, 0)
  if (template_id === templates[0]) return [total, enjoyed.length, counted.length]
  const named = await db.selectFrom('order_item').select(['order_id', 'goods_id']).execute()
  const has = (orderId: string, ...goods: readonly string[]) =>
    named.some((item) => item.order_id === orderId && goods.includes(item.goods_id))
  const uses = await db.selectFrom('service_use').selectAll().where('undone_at', 'is', null).execute()
  const swum = uses.filter((use) => use.goods_id === 'swim-pass' && standing.some((one) => one.id === use.order_id))
  return [
    ...[total, enjoyed.length],
    swum.reduce((sum, { quantity }) => sum + quantity, 0),
    counted.filter((one) => has(one.id, 'towel', 'swim-pass')).length,
  ]
}
