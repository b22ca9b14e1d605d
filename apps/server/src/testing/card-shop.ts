import { randomUUID } from 'node:crypto'
import type { MerchantCtx, RequestInfo, ShopperCtx } from '../kernel/context.ts'
import type { Charge } from '../ledger/table.ts'
import { prepareCard } from '../products/discount-card/cards/prepare.ts'
import { queryCard } from '../products/discount-card/cards/query.ts'
import { catchUp } from '../products/discount-card/catch-up.ts'
import { onNotification } from '../products/discount-card/on-notification.ts'
import { alarmRecords } from '../products/discount-card/records/alarms.ts'
import { readCard } from '../products/discount-card/repository.ts'
import type { Card } from '../products/discount-card/table.ts'
import { createCardTemplate } from '../products/discount-card/templates/create.ts'
import { catchUp as catchUpPayments } from '../products/payments/catch-up.ts'
import { catchUp as catchUpRefunds } from '../products/refunds/catch-up.ts'
import { newMerchant } from './context.ts'
import { deliver, type Letter } from './letters.ts'
import { purchasesIn } from './purchases.ts'
import { sampleCard } from './sample-card.ts'
import type { JournalRequest } from './simulated.ts'
import { startWorld, type WorldOptions } from './world.ts'

export const CARDS = '/v3/discount-card/cards'

/** A card as the local WeChat Pay keeps it. */
export interface WechatCard {
  readonly outCardCode: string
  readonly cardId: string
  readonly state: string
  readonly endAt: string
  readonly totalFen: number
  readonly objectives: readonly { readonly objectiveId: string; readonly name: string; readonly completed: number }[]
  readonly rewards: readonly { readonly rewardId: string; readonly used: number; readonly usedFen: number }[]
  readonly records: number
  readonly payState: string | null
  readonly transactionId: string | null
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
  await simulated.call('POST', '/funds', { amountFen: 10_000_000 })
  await simulated.call('PUT', '/switches', { refundMinGapSeconds: 0 })
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
  /** What the local WeChat Pay was sent there. */
  const requests = async (method: string, path: string): Promise<readonly JournalRequest[]> => {
    const all = await simulated.call<{ requests: JournalRequest[] }>('GET', '/requests?limit=5000')
    return all.requests.filter((one) => one.method === method && one.path === path)
  }
  return {
    ...world,
    ...purchasesIn(world, asking),
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
    async enjoy({ shopper }: Asked): Promise<number> {
      const { discount_fen } = await this.buy(shopper)
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
    atWechat: async (of: { id: string }): Promise<WechatCard> =>
      simulated.call('GET', `/discount-card/cards/${await codeOf(of)}`),
    /** Bodies of what was sent to prepare this card. */
    async prepared(of: { id: string }): Promise<readonly string[]> {
      const code = await codeOf(of)
      return (await requests('POST', CARDS)).map((one) => one.requestBody).filter((body) => body.includes(code))
    },
    /** Bodies of records that were sent of a card, in the order of sending. */
    sent: async (of: { id: string }): Promise<readonly string[]> =>
      (await requests('POST', `${CARDS}/${await codeOf(of)}/add-user-records`)).map((one) => one.requestBody),
    /** How often WeChat Pay was asked about this card. */
    questions: async (of: { id: string }): Promise<number> =>
      (await requests('GET', `${CARDS}/${await codeOf(of)}`)).length,
    /** All that is due in any product, and what that makes due. */
    async sweep(by = ctx): Promise<void> {
      while ((await catchUp(by)) + (await catchUpPayments(by)) + (await catchUpRefunds(by)) > 0);
      await alarmRecords(by)
    },
    /** Letters of WeChat Pay, opened and handed to the server's handlers. */
    deliver: (letters: readonly Letter[]) => deliver(ctx, onNotification, letters),
    alarmsOf: (kind: string) => world.alarms.filter((alarm) => alarm.kind === kind),
  }
}
