import { WechatPayError } from '@shouyin/wechatpay-core'
import { endpoints } from '@shouyin/wechatpay-core/discount-card'
import type { Ctx } from '../../../kernel/context.ts'
import { failureOf, problemOf } from '../../../kernel/refusal.ts'
import type { Card } from '../table.ts'
import type { SentRecord } from './next-record.ts'
import type { RecordBody } from './request.ts'

/** What WeChat Pay does not like, in its own words. */
export interface Refusal {
  readonly problem: string
  /** It is about what the record says: sent again, it is refused again. */
  readonly isOfRecord: boolean
}

/** One attempt, always with the same bytes. Its answer is not believed; the question that follows tells. */
export async function sendRecord(ctx: Ctx, card: Card, record: SentRecord): Promise<Refusal | undefined> {
  const { mchid, out_card_code } = card
  const body = JSON.parse(record.request) as RecordBody
  try {
    await ctx.wechat(mchid).call(endpoints.addUserRecords, { path: { out_card_code }, body })
    return undefined
  } catch (error) {
    if (!(error instanceof WechatPayError)) throw error
    ctx.log.warn({ mchid, outCardCode: out_card_code, ...failureOf(error) }, 'a record of a card was not taken')
    if (error.code === 'ERR_CONFIG_INVALID') return { problem: error.message.slice(0, 300), isOfRecord: true }
    const problem = problemOf(error)
    return problem === undefined ? undefined : { problem, isOfRecord: error.status === 400 }
  }
}
