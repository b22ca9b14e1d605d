import type { Charge, Proof } from './table.ts'

/** What WeChat Pay says about a collected sum, verified before it comes here. */
export interface Evidence {
  readonly mchid: string
  readonly outTradeNo: string
  readonly transactionId: string
  readonly amountFen: number
  readonly currency: string
  readonly appid: string
  readonly openid: string
  readonly successTime: Date
  readonly proof: Proof
}

/**
 * The members in which the evidence contradicts our own record; none: it is about this charge.
 * @param holder the charge that has this transaction already
 */
export function contradictions(
  charge: Charge,
  evidence: Evidence,
  holder: Pick<Charge, 'id'> | undefined,
): readonly string[] {
  const pairs = {
    mchid: [charge.mchid, evidence.mchid],
    outTradeNo: [charge.out_trade_no, evidence.outTradeNo],
    amountFen: [charge.amount_fen, evidence.amountFen],
    currency: [charge.currency, evidence.currency],
    appid: [charge.appid, evidence.appid],
    openid: [charge.openid, evidence.openid],
    transactionId: [charge.transaction_id ?? evidence.transactionId, evidence.transactionId],
    transactionHolder: [holder?.id ?? charge.id, charge.id],
  }
  return Object.entries(pairs).flatMap(([name, [ours, theirs]]) => (ours === theirs ? [] : [name]))
}
