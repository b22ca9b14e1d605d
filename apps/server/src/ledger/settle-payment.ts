import type { Ctx } from '../kernel/context.ts'
import { inTransaction } from '../kernel/db.ts'
import type { Evidence } from './compare.ts'
import { type Settled, settle } from './settle.ts'

/** Notification, query and bill end here. What needs a person raises its alarm after the commit. */
export async function settlePayment(ctx: Ctx, evidence: Evidence): Promise<Settled> {
  const now = ctx.clock.now()
  const settled = await inTransaction(ctx.db, (tx) => settle(tx, { evidence, effects: ctx.effects, now }))
  const { outTradeNo, proof } = evidence
  if ('anomaly' in settled && settled.anomaly) {
    const { kind, mchid, detail } = settled.anomaly
    ctx.alarm(kind, { mchid, outTradeNo, ...detail })
  }
  ctx.log.info({ outTradeNo, proof, result: settled.kind }, 'evidence of a payment')
  // Money that goes back, a lesson that WeChat Pay need not deduct any more: what follows is due now.
  if (settled.kind !== 'already' && settled.kind !== 'refused') ctx.wake()
  return settled
}
