import type { Ctx } from '../../kernel/context.ts'
import { inTransaction } from '../../kernel/db.ts'
import type { Anomaly } from '../../ledger/anomalies.ts'
import { applyRefund } from '../../ledger/apply-refund.ts'
import { settlePayment } from '../../ledger/settle-payment.ts'
import { isCollectedByWechat } from '../../ledger/table.ts'
import { paymentEvidence, refundEvidence } from './bill-evidence.ts'
import type { DueDifference } from './differences.ts'
import type { Sum } from './find-sums.ts'

/**
 * WeChat Pay does not answer, but its bill says all that a notification would: it settles the charge. Where there is none
 * yet, the next question opens it.
 */
export async function settlePaymentByBill(ctx: Ctx, difference: DueDifference, sum: Sum): Promise<void> {
  if (!sum.isOpened || (await isContradicted(ctx, sum))) return
  const row = await paymentEvidence(ctx.db, difference)
  if (!row) return
  // Of a deduction the row has a number of WeChat's own.
  const evidence = isCollectedByWechat(sum.source) ? { ...row, outTradeNo: sum.outTradeNo } : row
  await settlePayment(ctx, evidence)
}

/** The same for a refund. */
export async function applyRefundByBill(ctx: Ctx, difference: DueDifference): Promise<void> {
  const evidence = await refundEvidence(ctx.db, difference)
  if (!evidence) return
  const now = ctx.clock.now()
  const applied = await inTransaction(ctx.db, (tx) => applyRefund(tx, { evidence, effects: ctx.effects, now }))
  if ('anomaly' in applied) raise(ctx, applied.anomaly)
  ctx.log.info({ outTradeNo: evidence.outTradeNo, proof: 'bill', result: applied.kind }, 'evidence of a refund')
}

/** WeChat Pay has signed something else about this sum: a person decides which is true. */
async function isContradicted({ db }: Ctx, { mchid, outTradeNo }: Sum): Promise<boolean> {
  const anomaly = await db
    .selectFrom('anomaly')
    .select('kind')
    .where('kind', '=', 'evidence_mismatch')
    .where('mchid', '=', mchid)
    .where('out_trade_no', '=', outTradeNo)
    .executeTakeFirst()
  return anomaly !== undefined
}

function raise({ alarm }: Ctx, anomaly: Anomaly | undefined): void {
  if (anomaly) alarm(anomaly.kind, { mchid: anomaly.mchid, outTradeNo: anomaly.outTradeNo, ...anomaly.detail })
}
