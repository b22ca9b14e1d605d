import { endpoints } from '@shouyin/wechatpay-core/discount-card'
import type { Ctx } from '../kernel/context.ts'
import { catchUpRecords } from '../products/discount-card/records/catch-up.ts'
import type { RecordBody } from '../products/discount-card/records/request.ts'
import { listRecords } from '../products/discount-card/repository.ts'
import type { CardRecord } from '../products/discount-card/table.ts'
import { type Asked, CARDS, openCardShop } from './card-shop.ts'
import type { WorldOptions } from './world.ts'

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
export type Held = Asked

export type Cards = Awaited<ReturnType<typeof openCards>>

export const ADD_RECORDS = `${CARDS}/*`
const THREE_TIMES: NonNullable<Terms['goals']> = [{ name: '一周运动三次', times: 3, counts: 'orders' }]
const TEN_OFF: NonNullable<Terms['rewards']> = [{ name: '九折优惠', amountFen: 5000, percentOff: 10 }]

/** A card shop whose templates have the terms that a test wants, and whose records are told when it likes. */
export async function openCards(options: WorldOptions = {}) {
  const shop = await openCardShop(options)
  const { ctx } = shop
  /** Offered with the terms that it has at WeChat Pay. @returns our id of it */
  const template = async (terms: Terms = {}): Promise<string> => {
    const { durationDays = 7, goals = THREE_TIMES, rewards = TEN_OFF } = terms
    const common = { name: '运动先享卡', durationDays }
    const atWechat = {
      objectives: goals.map(({ name, times }) => ({ name, count: times, unit: '次' })),
      rewards: rewards.map(({ name, times, amountFen }) => ({
        ...{ name, amountFen, unit: '次' },
        ...(times !== undefined && { countType: 'COUNT_LIMIT', count: times }),
      })),
    }
    const counted = <Term extends object>(term: Term) => ({ ...term, unit: '次' })
    const here = { goals: goals.map(counted), rewards: rewards.map(counted) }
    return (await shop.newOffer({ ...common, ...atWechat }, { ...common, ...here })).id
  }
  const usual = await template()
  return {
    ...shop,
    template,
    /** A card that WeChat Pay says is somebody's, and we know. */
    taken: ({ shopper = shop.newShopper(), templateId = usual } = {}): Promise<Held> =>
      shop.holder({ id: templateId }, shopper),
    /** … and we have not heard of it. */
    async takenUnheard({ shopper = shop.newShopper(), templateId = usual } = {}): Promise<Held> {
      const asker = await shop.asker({ id: templateId }, shopper)
      await shop.take(asker)
      return asker
    },
    records: ({ id }: { id: string }): Promise<readonly CardRecord[]> => listRecords(ctx.db, [id]),
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
    /** Somebody adds records without us. */
    addAtWechat: (out_card_code: string, body: RecordBody) =>
      ctx.wechat(ctx.config.mchid).call(endpoints.addUserRecords, { path: { out_card_code }, body }),
  }
}
