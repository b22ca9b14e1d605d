import { randomUUID } from 'node:crypto'
import type { schema } from '@shouyin/wechatpay-core/discount-card'
import { applyCard } from '../products/discount-card/cards/apply-card.ts'
import { type CardState, untakenCardStates } from '../products/discount-card/states.ts'
import type { Card } from '../products/discount-card/table.ts'
import type { CardShop } from './card-shop.ts'
import { broken, paid, paying, saidOf } from './said-card.ts'

type Change = Partial<schema.Card>
type Untaken = (typeof untakenCardStates)[number]

/** What WeChat Pay has a word for, and the word. */
export const words = {
  ongoing: {},
  settling: { state: 'SETTLING', total_amount: 0 },
  finished: { state: 'FINISHED', total_amount: 0 },
  unfinished: broken(0),
  owing: paying(300),
} as const satisfies Partial<Record<CardState, Change>>

export const id32 = (): string => randomUUID().replaceAll('-', '')

const isUntaken = (state: CardState): state is Untaken => untakenCardStates.some((untaken) => untaken === state)

/** Cards of a shop about which WeChat Pay says what a test wants, without having them. */
export function tellingCards(shop: CardShop) {
  const say = (card: Card, change: Change = {}) => saidOf(card, shop.offer.cardTemplateId, change)
  const tell = (card: Card, change: Change = {}, proof: 'query' | 'notification' = 'query') =>
    applyCard(shop.ctx, { said: say(card, change), proof })
  /** A card that nobody has taken, as far as we know. */
  const untaken = (state: Untaken = 'prepared'): Promise<Card> => {
    const { ctx, offer } = shop
    const { mchid, appid } = ctx.config
    const [id, now] = [randomUUID(), ctx.clock.now()]
    const isLive = state === 'preparing' || state === 'prepared'
    return ctx.db
      .insertInto('card')
      .values({
        ...{ id, template_id: offer.id, mchid, appid, out_card_code: id32(), asked_by: randomUUID(), request: '{}' },
        ...{ state, created_at: now, next_query_at: isLive ? new Date('2100-01-01') : null },
        ...(state === 'prepared' && { token: 'token', token_at: now }),
      })
      .returningAll()
      .executeTakeFirstOrThrow()
  }
  return {
    say,
    tell,
    untaken,
    /** A card that came to this state by what WeChat Pay said. */
    async cardIn(state: CardState): Promise<Card> {
      if (isUntaken(state)) return untaken(state)
      const card = await untaken()
      await tell(card)
      if (state === 'paid') await tell(card, paid(300, id32()))
      else if (state !== 'ongoing') await tell(card, words[state])
      shop.alarms.length = 0
      return shop.row(card)
    },
  }
}
