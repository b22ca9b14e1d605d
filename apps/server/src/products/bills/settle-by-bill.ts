import type { Ctx } from '../../kernel/context.ts'
import { inTransaction } from '../../kernel/db.ts'
import type { Anomaly } from '../../ledger/anomalies.ts'
import { applyRefund } from '../../ledger/apply-refund.ts'
import { settle } from '../../ledger/settle.ts'
import { paymentEvidence, refundEvidence } from './bill-evidence.ts'
import type { DueDifference } from './differences.ts'

/** WeChat Pay does not answer, but its bill says all that a notification would: it settles the charge. */
export async function settlePaymentByBill(ctx: Ctx, difference: DueDifference): Promise<void> {
  if (await isContradicted(ctx, difference)) return
  const evidence = await paymentEvidence(ctx.db, difference)
  if (!evidence) return
  const now = ctx.clock.now()
  const settled = await inTransaction(ctx.db, (tx) => settle(tx, { evidence, effects: ctx.effects, now }))
  if ('anomaly' in settled) raise(ctx, settled.anomaly)
  ctx.log.info({ outTradeNo: evidence.outTradeNo, proof: 'bill', result: settled.kind }, 'evidence of a payment')
}

/** The same for a refund. */
export async function applyRefundByBill(ctx: Ctx, difference: DueDifference): Promise<void> {
  const evidence = await refundEvidence(ctx.db, difference)
  if (!evidence) return
  const now = ctx.clock.now()
  const applied = await inTransaction(ctx.db, (tx) => applyRefund(tx, { evidence, now }))
  if ('anomaly' in applied) raise(ctx, applied.anomaly)
  ctx.log.info({ outTradeNo: evidence.outTradeNo, proof: 'bill', result: applied.kind }, 'evidence of a refund')
}

/** WeChat Pay has signed something else about this order: a person decides which is true. */
async function isContradicted({ db }: Ctx, { mchid, out_trade_no }: DueDifference): Promise<boolean> {
  const anomaly = await db
    .selectFrom('anomaly')
    .select('kind')
    .where('kind', '=', 'evidence_mismatch')
    .where('mchid', '=', mchid)
    .where('out_trade_no', '=', out_trade_no ?? '')
    .executeTakeFirst()
  return anomaly !== undefined
}

function raise({ alarm }: Ctx, anomaly: Anomaly | undefined): void {
  if (anomaly) alarm(anomaly.kind, { mchid: anomaly.mchid, outTradeNo: anomaly.outTradeNo, ...anomaly.detail })
}
