import { parseRfc3339 } from '@shouyin/wechatpay-core/contract'
import { schema } from '@shouyin/wechatpay-core/payments'
import * as v from 'valibot'
import type { Evidence } from './compare.ts'
import type { Proof } from './table.ts'

/** A paid transaction of WeChat Pay, in the words of the ledger; undefined when it lacks what paid ones have. */
export function toEvidence(transaction: unknown, proof: Proof): Evidence | undefined {
  const parsed = v.safeParse(schema.PaidTransaction, transaction)
  if (!parsed.success) return undefined
  const { mchid, appid, out_trade_no, transaction_id, amount, payer, success_time } = parsed.output
  return {
    mchid,
    appid,
    outTradeNo: out_trade_no,
    transactionId: transaction_id,
    amountFen: amount.total,
    // Left out by some notifications: the only currency of a mainland merchant.
    currency: amount.currency ?? 'CNY',
    openid: payer.openid,
    successTime: parseRfc3339(success_time),
    proof,
  }
}
