import { randomUUID, randomUUIDv7 } from 'node:crypto'
import { endpoints } from '@shouyin/wechatpay-core/discount-card'
import { endpoints as refundEndpoints } from '@shouyin/wechatpay-core/refunds'
import type { Ctx, ShopperCtx } from '../kernel/context.ts'
import { inTransaction } from '../kernel/db.ts'
import { queryCard } from '../products/discount-card/cards/query.ts'
import { prepareBody } from '../products/discount-card/cards/request.ts'
import { catchUp } from '../products/discount-card/catch-up.ts'
import { alarmRecords } from '../products/discount-card/records/alarms.ts'
import { catchUpRecords } from '../products/discount-card/records/catch-up.ts'
import type { RecordBody } from '../products/discount-card/records/request.ts'
import { listRecords, readCard } from '../products/discount-card/repository.ts'
import type { Card, CardRecord } from '../products/discount-card/table.ts'
import { catchUp as catchUpPayments } from '../products/payments/catch-up.ts'
import { queryByNumber } from '../products/payments/query.ts'
import { startPayment } from '../products/payments/start-payment.ts'
import { catchUp as catchUpRefunds } from '../products/refunds/catch-up.ts'
import { createRefund } from '../products/refunds/create-refund.ts'
import { queryRefund } from '../products/refunds/query.ts'
import { placeOrder } from '../shop/orders/place.ts'
import type { OrderRow } from '../shop/table.ts'
import { createUse } from '../shop/uses/create.ts'
import { newMerchant } from './context.ts'
import { startWorld, type WorldOptions } from './world.ts'

/** A card as the local WeChat Pay keeps it. */
export interface WechatCard {
  readonly outCardCode: string
  readonly state: string
  readonly totalFen: number
  readonly objectives: readonly { readonly objectiveId: string; readonly name: string; readonly completed: number }[]
  readonly rewards: readonly { readonly rewardId: string; readonly used: number; readonly usedFen: number }[]
  readonly records: number
  readonly payState: string | null
  readonly transactionId: string | null
}

/** Terms of a template, there and here. */
export interface Terms {
  readonly durationDays?: number
  readonly goals?: readonly {
    readonly name: string
    readonly times: number
    readonly counts: 'orders' | 'uses'
    readonly goodsIds?: string[]
  }[]
  readonly rewards?: readonly {
    readonly name: string
    readonly times?: number
    readonly amountFen: number
    readonly percentOff: number
    readonly goodsIds?: string[]
  }[]
}

/** A card that one shopper has taken. */
export interface Held {
  readonly shopper: ShopperCtx
  readonly id: string
}

export type Cards = Awaited<ReturnType<typeof openCards>>

export const THREE_TIMES: NonNullable<Terms['goals']> = [{ name: '一周运动三次', times: 3, counts: 'orders' }]
export const TEN_OFF: NonNullable<Terms['rewards']> = [{ name: '九折优惠', amountFen: 5000, percentOff: 10 }]
export const ADD_RECORDS = '/v3/discount-card/cards/*'

/** A world in which the shop offers discount cards. Nobody sweeps but the test. */
export async function openCards(options: WorldOptions = {}) {
  const world = await startWorld(options)
  const { ctx, simulated } = world
  const { db } = ctx
  const lin = await newMerchant(ctx, { person: 'Lin' })
  const asking = () => ({ ...lin, idempotencyKey: randomUUID() })
  await simulated.call('POST', '/funds', { amountFen: 10_000_000 })
  await simulated.call('PUT', '/switches', { refundMinGapSeconds: 0 })
  const row = ({ id }: { id: string }): Promise<Card> => readCard(db, id)
  const template = (terms: Terms = {}) => offer(ctx, simulated, terms)
  const usual = await template()
  return {
    ...world,
    lin,
    asking,
    row,
    template,
    /** A card that WeChat Pay says is somebody's, and we know. */
    async taken({ shopper = world.newShopper(), templateId = usual } = {}): Promise<Held> {
      const held = await this.takenUnheard({ shopper, templateId })
      await this.ask(held)
      return held
    },
    /** … and we have not heard of it. */
    async takenUnheard({ shopper = world.newShopper(), templateId = usual } = {}): Promise<Held> {
      const card = await prepare(ctx, shopper, templateId)
      const { openid } = shopper.actor
      await simulated.call('POST', `/discount-card/cards/${card.out_card_code}/take`, { openid })
      return { shopper, id: card.id }
    },
    order: (shopper: ShopperCtx, ...goodsIds: readonly string[]): Promise<OrderRow> =>
      inTransaction(db, (tx) =>
        placeOrder(
          tx,
          shopper,
          (goodsIds.length > 0 ? goodsIds : ['swim-pass']).map((goodsId) => ({ goodsId, quantity: 1 })),
        ),
      ),
    /** The shopper pays at WeChat Pay; we do not know it yet. @returns 商户订单号 */
    async payAtWechat(shopper: ShopperCtx, { id }: Pick<OrderRow, 'id'>): Promise<string> {
      await startPayment(shopper, { id })
      const { out_trade_no } = await db
        .selectFrom('charge')
        .select('out_trade_no')
        .where('subject_id', '=', id)
        .orderBy('id', 'desc')
        .executeTakeFirstOrThrow()
      await simulated.pay(out_trade_no)
      return out_trade_no
    },
    hear: (outTradeNo: string): Promise<unknown> => queryByNumber(ctx, { mchid: ctx.config.mchid, outTradeNo }),
    async pay(shopper: ShopperCtx, order: Pick<OrderRow, 'id'>): Promise<OrderRow> {
      await this.hear(await this.payAtWechat(shopper, order))
      return this.orderRow(order)
    },
    /** An order that was placed and paid. */
    async buy(shopper: ShopperCtx, ...goodsIds: readonly string[]): Promise<OrderRow> {
      return this.pay(shopper, await this.order(shopper, ...goodsIds))
    },
    orderRow: ({ id }: Pick<OrderRow, 'id'>): Promise<OrderRow> =>
      db.selectFrom('orders').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
    /** Money goes back. */
    startRefund: ({ id }: Pick<OrderRow, 'id'>, amountFen?: number) =>
      createRefund(asking(), { id, reason: '顾客改期', ...(amountFen !== undefined && { amountFen }) }),
    /** … and is back. */
    async refund(order: Pick<OrderRow, 'id'>, amountFen?: number): Promise<void> {
      await this.startRefund(order, amountFen)
      await world.advance(60)
      while ((await catchUpRefunds(ctx)) > 0);
    },
    /** Somebody gives money back in 商户平台, and we come to hear of it. */
    async foreignRefund(outTradeNo: string, amountFen?: number): Promise<void> {
      const { transactionId, amountFen: total } = await simulated.transaction(outTradeNo)
      const { mchid } = ctx.config
      const number = { mchid, out_refund_no: `theirs-${randomUUID().slice(0, 8)}` }
      const amount = { refund: amountFen ?? total, total, currency: 'CNY' } as const
      const body = { transaction_id: transactionId ?? '', out_refund_no: number.out_refund_no, amount }
      await ctx.wechat(mchid).call(refundEndpoints.create, { body })
      await world.advance(60)
      await queryRefund(ctx, number)
    },
    use: ({ id }: Pick<OrderRow, 'id'>, goodsId = 'swim-pass', quantity = 1) =>
      createUse(asking(), { id, goodsId, quantity }),
    ask: async (held: { id: string }) => queryCard(ctx, await row(held)),
    records: ({ id }: { id: string }): Promise<readonly CardRecord[]> => listRecords(db, [id]),
    /** Records in short: what, how often, fen, and how it stands. */
    async told(held: { id: string }): Promise<string[]> {
      const records = await this.records(held)
      return records.map(({ kind, direction, times, amount_fen, state }) =>
        [kind, direction === 'INCREASE' ? '+' : '-', times, amount_fen ?? '', state].join(' ').replaceAll('  ', ' '),
      )
    },
    tell: async (by: Ctx = ctx): Promise<void> => {
      while ((await catchUpRecords(by)) > 0);
    },
    /** All that is due in any product, and what that makes due. */
    async sweep(by: Ctx = ctx): Promise<void> {
      let found = 1
      while (found > 0) {
        found = (await catchUpPayments(by)) + (await catchUpRefunds(by)) + (await catchUp(by))
      }
      await alarmRecords(by)
    },
    atWechat: async (held: { id: string }): Promise<WechatCard> =>
      simulated.call('GET', `/discount-card/cards/${(await row(held)).out_card_code}`),
    actAtWechat: async (held: { id: string }, act: 'quit' | 'settle') =>
      simulated.call('POST', `/discount-card/cards/${(await row(held)).out_card_code}/${act}`, {}),
    /** Bodies of records that were sent of a card, in the order of sending. */
    async sent(held: { id: string }): Promise<readonly string[]> {
      const path = `/v3/discount-card/cards/${(await row(held)).out_card_code}/add-user-records`
      const { requests } = await simulated.call<{ requests: { path: string; requestBody: string }[] }>(
        'GET',
        '/requests?limit=5000',
      )
      return requests.filter((one) => one.path === path).map((one) => one.requestBody)
    },
    /** Somebody adds records without us. */
    addAtWechat: (out_card_code: string, body: RecordBody) =>
      ctx.wechat(ctx.config.mchid).call(endpoints.addUserRecords, { path: { out_card_code }, body }),
    alarmsOf: (kind: string) => world.alarms.filter((alarm) => alarm.kind === kind),
  }
}

type Simulated = Awaited<ReturnType<typeof startWorld>>['simulated']

/** A template made by WeChat's staff, and offered by the shop. @returns our id of it */
async function offer({ db, config, clock }: Ctx, simulated: Simulated, terms: Terms): Promise<string> {
  const { durationDays = 7, goals = THREE_TIMES, rewards = TEN_OFF } = terms
  const made = await simulated.call<{ cardTemplateId: string }>('POST', '/discount-card/templates', {
    ...{ name: '运动先享卡', durationDays },
    objectives: goals.map(({ name, times }) => ({ name, count: times, unit: '次' })),
    rewards: rewards.map(({ name, times, amountFen }) => ({
      ...{ name, amountFen, unit: '次' },
      ...(times !== undefined && { countType: 'COUNT_LIMIT', count: times }),
    })),
  })
  const template = {
    ...{ id: randomUUIDv7(), mchid: config.mchid, appid: config.appid, name: '运动先享卡', created_at: clock.now() },
    ...{ card_template_id: made.cardTemplateId, duration_days: durationDays },
  }
  await db.insertInto('card_template').values(template).execute()
  const numbered = (i: number) => ({ template_id: template.id, number: i + 1, unit: '次' })
  await db
    .insertInto('card_template_goal')
    .values(
      goals.map(({ name, times, counts, goodsIds }, i) => ({
        ...numbered(i),
        ...{ name, times, counts, goods_ids: goodsIds ?? null },
      })),
    )
    .execute()
  await db
    .insertInto('card_template_reward')
    .values(
      rewards.map(({ name, times, amountFen, percentOff, goodsIds }, i) => ({
        ...numbered(i),
        ...{ name, times: times ?? null, amount_fen: amountFen, percent_off: percentOff, goods_ids: goodsIds ?? null },
      })),
    )
    .execute()
  return template.id
}

/** Somebody has WeChat's page of a card in front of him. */
async function prepare(ctx: Ctx, { actor }: ShopperCtx, templateId: string): Promise<Card> {
  const { db, config, clock } = ctx
  const { card_template_id } = await db
    .selectFrom('card_template')
    .select('card_template_id')
    .where('id', '=', templateId)
    .executeTakeFirstOrThrow()
  const id = randomUUIDv7()
  const now = clock.now()
  const numbered = { id, mchid: config.mchid, appid: actor.appid, out_card_code: id.replaceAll('-', '') }
  const body = prepareBody(numbered, card_template_id, config.notifyBaseUrl)
  const { prepare_card_token: token } = await ctx.wechat(config.mchid).call(endpoints.prepareCard, { body })
  return db
    .insertInto('card')
    .values({
      ...numbered,
      ...{ template_id: templateId, asked_by: actor.userId, created_at: now, request: JSON.stringify(body) },
      ...{ state: 'prepared', token, token_at: now, next_query_at: now },
    })
    .returningAll()
    .executeTakeFirstOrThrow()
}
