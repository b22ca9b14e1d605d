import { expect } from 'vitest'
import type { House } from './house.ts'
import { openMerchant } from './merchant.ts'
import type { Phone } from './miniprogram.ts'
import type { Simulated } from './simulated.ts'
import { eventually } from './wait.ts'

/** 羽毛球先享卡: everything a fifth cheaper, up to ¥200.00 in all, for who orders three times in 30 days. */
export const CARD = {
  name: '羽毛球先享卡',
  durationDays: 30,
  goals: [{ name: '下单三次', times: 3, unit: '次', counts: 'orders' }],
  rewards: [{ name: '全场八折', unit: '次', amountFen: 20000, percentOff: 20 }],
}

/** The template that WeChat's staff makes of such a card. @returns its card_template_id */
export async function makeTemplate(simulated: Simulated, card: typeof CARD, more: object = {}): Promise<string> {
  const { name, durationDays, goals, rewards } = card
  const template = {
    name,
    durationDays,
    objectives: goals.map((goal) => ({ name: goal.name, count: goal.times, unit: goal.unit })),
    rewards: rewards.map((reward) => ({ name: reward.name, count: 1, unit: reward.unit, amountFen: reward.amountFen })),
    isActive: true,
    ...more,
  }
  const { cardTemplateId } = await simulated.call<{ cardTemplateId: string }>(
    'POST',
    '/discount-card/templates',
    template,
  )
  return cardTemplateId
}

export interface CardRecord {
  readonly kind: string
  readonly times: number
  readonly amountFen: number | null
  readonly status: string
  readonly serialNo: string
}

export interface Card {
  readonly id: string
  readonly status: string
  readonly openid: string | null
  readonly outCardCode: string
  readonly savedFen: number
  readonly dueFen: number
  readonly totalFen: number | null
  readonly transactionId: string | null
  readonly records: readonly CardRecord[]
}

/** A card as the local WeChat Pay keeps it. */
export interface WechatCard {
  readonly outCardCode: string
  readonly openid?: string
  readonly state: 'PREPARED' | 'ONGOING' | 'SETTLING' | 'FINISHED' | 'UNFINISHED'
  readonly totalFen: number
  readonly payState: string | null
  readonly transactionId: string | null
}

type Code = Pick<Card, 'outCardCode'>

/** The people of the shop, who offer cards. */
export type CardShop = Awaited<ReturnType<typeof openCardShop>>

export async function openCardShop(house: House) {
  const merchant = await openMerchant(house.databaseUrl, () => house.servers.at(-1)?.url ?? '')
  const cards = async () => ((await merchant.ask('GET', '/cards?limit=100')).body as { cards: Card[] }).cards
  const see = async (id: string) => (await merchant.ask('GET', `/cards/${id}`)).body as Card
  return {
    merchant,
    see,
    /** Puts a card on offer, at WeChat and here. */
    async offer(card: typeof CARD = CARD, more: object = {}) {
      const cardTemplateId = await makeTemplate(house.simulated, card, more)
      const { status, body } = await merchant.ask('POST', '/card-templates', { cardTemplateId, ...card })
      expect(status, JSON.stringify(body)).toBe(201)
      return { ...(body as { id: string }), cardTemplateId }
    },
    /** The newest card of who holds that phone. */
    async cardOf({ launched }: Phone): Promise<Card> {
      const openid = await launched.openid()
      return (await cards()).find((card) => card.openid === openid) ?? expect.unreachable(`${openid} has no card`)
    },
    atWechat: ({ outCardCode }: Code) => house.simulated.call<WechatCard>('GET', `/discount-card/cards/${outCardCode}`),
    /** The newest that was prepared. */
    async newestAtWechat(): Promise<WechatCard> {
      const { cards: all } = await house.simulated.call<{ cards: WechatCard[] }>('GET', '/discount-card/cards')
      return all[0] ?? expect.unreachable('WeChat knows of no card')
    },
    takeAtWechat: ({ outCardCode }: Code, openid: string | undefined) =>
      house.simulated.call('POST', `/discount-card/cards/${outCardCode}/take`, { openid }),
    quitAtWechat: ({ outCardCode }: Code) =>
      house.simulated.call('POST', `/discount-card/cards/${outCardCode}/quit`, {}),
    /** Until the card is there. */
    reaches: (id: string, status: string) =>
      eventually(
        () => see(id),
        (card) => card.status === status,
        { what: `card ${status}` },
      ),
    /** Until WeChat knows of so many fen, and nothing is left to tell. */
    told: (id: string, totalFen: number) =>
      eventually(
        () => see(id),
        ({ records, savedFen }) => savedFen === totalFen && records.every(({ status }) => status === 'recorded'),
        { what: `${totalFen} fen told` },
      ),
  }
}
