import { randomUUID } from 'node:crypto'
import type { MerchantCtx, RequestInfo, ShopperCtx } from '../kernel/context.ts'
import type { Handled } from '../kernel/inbox.ts'
import type { Charge } from '../ledger/table.ts'
import { prepareCard } from '../products/discount-card/cards/prepare.ts'
import { queryCard } from '../products/discount-card/cards/query.ts'
import { catchUp } from '../products/discount-card/catch-up.ts'
import { onNotification } from '../products/discount-card/on-notification.ts'
import { readCard } from '../products/discount-card/repository.ts'
import type { Card } from '../products/discount-card/table.ts'
import { createCardTemplate } from '../products/discount-card/templates/create.ts'
import { catchUp as catchUpPayments } from '../products/payments/catch-up.ts'
import { queryByNumber } from '../products/payments/query.ts'
import { startPayment } from '../products/payments/start-payment.ts'
import { newMerchant } from './context.ts'
import type { Letter } from './refunds.ts'
import { sampleCard } from './sample-card.ts'
import { startWorld, type WorldOptions } from './world.ts'

export const CARDS = '/v3/discount-card/cards'

interface JournalRequest {
  readonly method: string
  readonly path: string
  readonly requestBody: string
}

/** What one shopper asked for. */
export interface Asked {
  readonly shopper: ShopperCtx
  readonly id: string
}

export type CardShop = Awaited<ReturnType<typeof openCardShop>>

/** A world in which cards are offered, asked for and taken as in life. Nobody sweeps but the test. */
export async function openCardShop(options: WorldOptions = {}) {
  const world = await startWorld(options)
  const { ctx, simulated } = world
  const { db } = ctx
  const lin = await newMerchant(ctx, { person: 'Lin' })
  const asking = (): MerchantCtx & RequestInfo => ({ ...lin, idempotencyKey: randomUUID() })
  const row = ({ id }: { id: string }): Promise<Card> => readCard(db, id)
  /** Made by WeChat's staff, perhaps not as the shop thinks. */
  const newOffer = async (atWechat: object = {}, here: object = {}) => {
    const cardTemplateId = randomUUID().replaceAll('-', '')
    const { template, offered } = sampleCard
    await simulated.call('POST', '/discount-card/templates', { cardTemplateId, ...template, ...atWechat })
    const [goals, rewards] = [[...offered.goals], [...offered.rewards]]
    return createCardTemplate(asking(), { ...offered, goals, rewards, ...here, cardTemplateId })
  }
  const offer = await newOffer()
  const codeOf = async (of: { id: string }) => (await row(of)).out_card_code
  const act = async (of: { id: string }, verb: string, body: object = {}): Promise<void> => {
    await simulated.call('POST', `/discount-card/cards/${await codeOf(of)}/${verb}`, body)
  }
  return {
    ...world,
    lin,
    asking,
    offer,
    newOffer,
    row,
    act,
    rowsOf: ({ actor }: ShopperCtx): Promise<Card[]> =>
      db.selectFrom('card').selectAll().where('asked_by', '=', actor.userId).orderBy('id').execute(),
    /** Somebody who has WeChat's page in front of him. */
    async asker(of: { readonly id: string } = offer, shopper = world.newShopper()) {
      const { card, page } = await prepareCard(shopper, { id: of.id })
      return { shopper, id: card.id, page }
    },
    /** On WeChat's page; nobody tells us. */
    take: (of: Asked, { actor: { openid } } = of.shopper): Promise<void> => act(of, 'take', { openid }),
    query: async (of: { id: string }) => queryCard(ctx, await row(of)),
    /** Somebody who has taken it, and we know. */
    async holder(of: { readonly id: string } = offer, shopper = world.newShopper()) {
      const asker = await this.asker(of, shopper)
      await this.take(asker)
      await this.query(asker)
      return asker
    },
    /** An order that the card makes cheaper, paid, and told to WeChat Pay. @returns the discount */
    async buy({ shopper }: Asked, goodsId = 'swim-pass'): Promise<number> {
      const { id, discount_fen } = await world.placeOrder(shopper, goodsId)
      await startPayment(shopper, { id })
      const { mchid, out_trade_no: outTradeNo } = await db
        .selectFrom('charge')
        .selectAll()
        .where('subject_id', '=', id)
        .executeTakeFirstOrThrow()
      await simulated.pay(outTradeNo)
      await queryByNumber(ctx, { mchid, outTradeNo })
      await this.sweep()
      return discount_fen
    },
    chargesOf: ({ id }: { id: string }): Promise<Charge[]> =>
      db.selectFrom('charge').selectAll().where('purpose', '=', 'card').where('subject_id', '=', id).execute(),
    /** Fen that came in for a card, as the ledger has it. */
    async collectedFen({ id }: { id: string }): Promise<number> {
      const rows = await db
        .selectFrom('movement')
        .innerJoin('charge', 'charge.id', 'movement.charge_id')
        .select('movement.amount_fen')
        .where('charge.subject_id', '=', id)
        .execute()
      return rows.reduce((sum, { amount_fen }) => sum + amount_fen, 0)
    },
    async atWechat(of: { id: string }) {
      const path = `/discount-card/cards/${await codeOf(of)}`
      return simulated.call<{ state: string; cardId: string; totalFen: number; endAt: string }>('GET', path)
    },
    /** Bodies of what was sent to prepare this card. */
    async prepared(of: { id: string }): Promise<readonly string[]> {
      const code = await codeOf(of)
      const { requests } = await simulated.call<{ requests: JournalRequest[] }>('GET', '/requests?limit=5000')
      const own = requests.filter((one) => one.method === 'POST' && one.path === CARDS)
      return own.map((one) => one.requestBody).filter((body) => body.includes(code))
    },
    /** How often WeChat Pay was asked about this card. */
    async questions(of: { id: string }): Promise<number> {
      const path = `${CARDS}/${await codeOf(of)}`
      const { requests } = await simulated.call<{ requests: JournalRequest[] }>('GET', '/requests?limit=5000')
      return requests.filter((one) => one.method === 'GET' && one.path === path).length
    },
    /** All that is due of cards and orders, and what that makes due. */
    async sweep(by = ctx): Promise<void> {
      while ((await catchUp(by)) + (await catchUpPayments(by)) > 0);
    },
    /** Letters of WeChat Pay, opened and handed to the server's handlers. */
    async deliver(letters: readonly Letter[]): Promise<Handled[]> {
      const results: Handled[] = []
      for (const letter of letters) {
        const opened = await ctx.wechat(ctx.config.mchid).notifications.open(letter)
        if (opened.kind === 'discountCard.userAccepted') results.push(await onNotification[opened.kind](ctx, opened))
        if (opened.kind === 'discountCard.agreementEnded') results.push(await onNotification[opened.kind](ctx, opened))
        if (opened.kind === 'discountCard.userPaid') results.push(await onNotification[opened.kind](ctx, opened))
      }
      return results
    },
    alarmsOf: (kind: string) => world.alarms.filter((alarm) => alarm.kind === kind),
  }
}
