import type { Tx } from '../kernel/db.ts'
import type { Effects } from '../kernel/effects.ts'
import { type Anomaly, recordAnomaly } from './anomalies.ts'
import { startClosingOthers } from './close.ts'
import { contradictions, type Evidence } from './compare.ts'
import { recordMovement } from './movements.ts'
import { findCharge, findTransactionHolder, lockCharge } from './repository.ts'
import { reserveRefund } from './reserve-refund.ts'
import type { Settlement } from './states.ts'
import type { Charge } from './table.ts'

/** `anomaly` is to be raised as an alarm once the transaction is committed. */
export type Settled =
  | { readonly kind: Settlement; readonly charge: Charge; readonly anomaly?: Anomaly }
  | { readonly kind: 'already'; readonly charge: Charge }
  | { readonly kind: 'refused'; readonly anomaly: Anomaly }

/**
 * The only way to `succeeded`, whoever brings the evidence. Idempotent; evidence that contradicts our record settles
 * nothing. Money for a subject that no longer waits is recorded and goes back by itself.
 */
export async function settle(
  tx: Tx,
  { evidence, effects, now }: { evidence: Evidence; effects: Effects; now: Date },
): Promise<Settled> {
  const found = await findCharge(tx, evidence)
  if (!found) return refuse(tx, 'unknown_charge', evidence, {}, now)
  const effect = effects[found.purpose]
  const subject = await effect.lock(tx, found.subject_id)
  const charge = await lockCharge(tx, found.id)

  const fields = contradictions(charge, evidence, await findTransactionHolder(tx, evidence.transactionId))
  if (fields.length > 0) return refuse(tx, 'evidence_mismatch', evidence, { fields }, now)
  if (charge.state === 'succeeded') return { kind: 'already', charge }

  const kind = subject === 'waiting' ? 'settled' : subject === 'paid' ? 'paid_twice' : 'paid_after_close'
  const paid = await succeed(tx, charge, evidence, kind, now)
  if (kind === 'settled') {
    await effect.apply(tx, { subjectId: paid.subject_id, chargeId: paid.id, paidAt: evidence.successTime, now })
    await startClosingOthers(tx, paid, now)
    return { kind, charge: paid }
  }
  const anomaly = describe(kind, evidence, { refund: await giveBack(tx, paid, kind, now) })
  await recordAnomaly(tx, anomaly, now)
  return { kind, charge: paid, anomaly }
}

const reasons = { paid_after_close: '订单已关闭退款', paid_twice: '重复支付退款' } as const

/** All of it, by itself. @returns what became of that: money older than a year stays until a person sees to it */
async function giveBack(tx: Tx, charge: Charge, cause: keyof typeof reasons, now: Date): Promise<string> {
  const { kind } = await reserveRefund(
    tx,
    { charge, amountFen: charge.amount_fen, cause, reason: reasons[cause], requestedBy: null, state: 'waiting' },
    now,
  )
  return kind
}

async function succeed(tx: Tx, charge: Charge, evidence: Evidence, settlement: Settlement, now: Date): Promise<Charge> {
  const succeeded = await tx
    .updateTable('charge')
    .set({
      state: 'succeeded',
      settlement,
      transaction_id: evidence.transactionId,
      success_time: evidence.successTime,
      next_query_at: null,
      unconfirmed: false,
    })
    .where('id', '=', charge.id)
    .where('state', '=', charge.state)
    .returningAll()
    .executeTakeFirstOrThrow()
  await recordMovement(tx, {
    kind: 'payment',
    provider_ref: evidence.transactionId,
    mchid: charge.mchid,
    charge_id: charge.id,
    amount_fen: evidence.amountFen,
    proof: evidence.proof,
    occurred_at: evidence.successTime,
    recorded_at: now,
  })
  return succeeded
}

async function refuse(
  tx: Tx,
  kind: 'unknown_charge' | 'evidence_mismatch',
  evidence: Evidence,
  detail: Record<string, unknown>,
  now: Date,
): Promise<Settled> {
  const anomaly = describe(kind, evidence, detail)
  await recordAnomaly(tx, anomaly, now)
  return { kind: 'refused', anomaly }
}

// Who paid stays out of what people read: the charge has it.
function describe(kind: Anomaly['kind'], evidence: Evidence, detail: Record<string, unknown>): Anomaly {
  const { mchid, outTradeNo, transactionId, amountFen, proof } = evidence
  return { kind, mchid, outTradeNo, detail: { ...detail, transactionId, amountFen, proof } }
}
