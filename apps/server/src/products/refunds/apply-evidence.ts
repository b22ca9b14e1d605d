import type { schema } from '@shouyin/wechatpay-core/refunds'
import type { Ctx } from '../../kernel/context.ts'
import { inTransaction } from '../../kernel/db.ts'
import { applyRefund, type RefundApplied } from '../../ledger/apply-refund.ts'
import type { RefundEvidence } from '../../ledger/compare-refund.ts'
import type { Refund } from '../../ledger/table.ts'
import { ofAnswer } from './evidence.ts'

/** Notification, query and answers end here. What needs a person raises its alarm after the commit. */
export async function applyEvidence(ctx: Ctx, evidence: RefundEvidence): Promise<RefundApplied> {
  const now = ctx.clock.now()
  const applied = await inTransaction(ctx.db, (tx) => applyRefund(tx, { evidence, effects: ctx.effects, now }))
  const { outTradeNo, outRefundNo, status, proof } = evidence
  if ('anomaly' in applied && applied.anomaly) {
    const { kind, mchid, detail } = applied.anomaly
    ctx.alarm(kind, { mchid, outTradeNo, ...detail })
  }
  ctx.log.info({ outTradeNo, outRefundNo, status, proof, result: applied.kind }, 'evidence of a refund')
  return applied
}

/** A refund as far as WeChat Pay is asked about it. */
export type NumberedRefund = Pick<Refund, 'mchid' | 'out_refund_no'>

/** @returns whether it is about this refund, says how it stands, and fits our record */
export async function applyAnswer(ctx: Ctx, refund: NumberedRefund, answer: schema.Refund): Promise<boolean> {
  const { mchid, out_refund_no: outRefundNo } = refund
  if (answer.out_refund_no !== outRefundNo) {
    // Rightly signed, but about another refund: a signature does not name its question.
    ctx.alarm('answer_to_another_question', { mchid, outRefundNo, answered: answer.out_refund_no })
    return false
  }
  const evidence = ofAnswer(mchid, answer)
  if (!evidence) {
    ctx.alarm('evidence_incomplete', { mchid, outRefundNo, status: answer.status })
    return false
  }
  return (await applyEvidence(ctx, evidence)).kind !== 'refused'
}
