import type { Tx } from '../kernel/db.ts'
import { type Anomaly, recordAnomaly } from './anomalies.ts'
import { startClosingOthers } from './close.ts'
import { contradictions, type Evidence } from './compare.ts'
import type { Effects } from './effects.ts'
import { intendRefund } from './intend-refund.ts'
import { recordMovement } from './movements.ts'
import { findCharge, lockCharge } from './repository.ts'
import type { Settlement } from './states.ts'
import type { Charge } from './table.ts'

/** `anomaly` is to be raised as an alarm once the transaction is committed. */
export type Settled =
  | { readonly kind: Settlement; readonly charge: Charge; readonly anomaly?: Anomaly }
  | { readonly kind: 'already'; readonly charge: Charge }
  | { readonly kind: 'refused'; readonly anomaly: Anomaly }

/**
 * The only way to `succeeded`, whoever brings the evidence. Idempotent; evidence that contradicts our record settles
 * nothing. Money for a subject that no longer waits is recorded and set aside to go back.
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

  const fields = contradictions(charge, evidence)
  if (fields.length > 0) return refuse(tx, 'evidence_mismatch', evidence, { fields }, now)
  if (charge.state === 'succeeded') return { kind: 'already', charge }

  const kind = subject === 'waiting' ? 'settled' : subject === 'paid' ? 'paid_twice' : 'paid_after_close'
  await succeed(tx, charge, evidence, kind, now)
  if (kind === 'settled') {
    await effect.apply(tx, { subjectId: charge.subject_id, chargeId: charge.id, paidAt: evidence.successTime, now })
    await startClosingOthers(tx, charge, now)
    return { kind, charge }
  }
  await intendRefund(tx, { chargeId: charge.id, amountFen: charge.amount_fen, cause: kind }, now)
  const anomaly = describe(kind, evidence, {})
  await recordAnomaly(tx, anomaly, now)
  return { kind, charge, anomaly }
}

async function succeed(tx: Tx, charge: Charge, evidence: Evidence, settlement: Settlement, now: Date): Promise<void> {
  await tx
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
