import { randomUUIDv7 } from 'node:crypto'
import type { Tx } from '../kernel/db.ts'
import type { Charge, Purpose, Source } from './table.ts'

/** When a sum expires that WeChat Pay collects without an end. PostgreSQL's infinity is no `Date`. */
export const NEVER = new Date('9999-12-31T00:00:00+08:00')

export interface OpenCharge {
  readonly source: Source
  readonly purpose: Purpose
  readonly subjectId: string
  readonly mchid: string
  /** Where WeChat Pay has a number for it already; default: one of its own. */
  readonly outTradeNo?: string
  readonly appid: string
  readonly openid: string
  readonly amountFen: number
  readonly description: string
  readonly expiresAt: Date
}

/**
 * Records the intent to collect a sum, before WeChat Pay hears of it. The caller holds the lock of the subject; a
 * second live charge of one subject is refused by the database.
 */
export function openCharge(tx: Tx, input: OpenCharge, times: { now: Date; nextQueryAt: Date }): Promise<Charge> {
  const id = randomUUIDv7()
  return tx
    .insertInto('charge')
    .values({
      id,
      source: input.source,
      purpose: input.purpose,
      subject_id: input.subjectId,
      mchid: input.mchid,
      // The 32 hex digits are exactly WeChat's limit for 商户订单号.
      out_trade_no: input.outTradeNo ?? id.replaceAll('-', ''),
      appid: input.appid,
      openid: input.openid,
      amount_fen: input.amountFen,
      currency: 'CNY',
      description: input.description,
      created_at: times.now,
      expires_at: input.expiresAt,
      next_query_at: times.nextQueryAt,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
}
