import { step } from '@shouyin/wechatpay-core/contract'
import type { Tx } from '../kernel/db.ts'
import type { Effects } from '../kernel/effects.ts'
import { adoptRefund } from './adopt-refund.ts'
import { type Anomaly, recordAnomaly } from './anomalies.ts'
import { type RefundEvidence, refundContradictions, stateOf, told } from './compare-refund.ts'
import { recordMovement } from './movements.ts'
import { findRefund, findRefundHolder, lockRefundByNumber, moveRefund, recountRefunds } from './refunds.ts'
import { findRefundedCharge, lockCharge } from './repository.ts'
import { type RefundState, refundTransitions } from './states.ts'
import type { Charge, Refund } from './table.ts'

/** `anomaly` is to be raised as an alarm once the transaction is committed. */
export type RefundApplied =
  | { readonly kind: 'moved' | 'adopted'; readonly refund: Refund; readonly anomaly?: Anomaly }
  /** It stands like this already, or further: nothing changed. */
  | { readonly kind: 'same' | 'late'; readonly refund: Refund }
  /** Of a charge that we do not know to be paid: WeChat Pay is asked about that first. */
  | { readonly kind: 'too_early'; readonly charge: Charge }
  | { readonly kind: 'refused'; readonly anomaly: Anomaly }

/**
 * The one way on for a refund, whoever brings the evidence: notification, query, bill or the answer of its creation.
 * Idempotent and forward only, so that any order of events ends alike. A refund of a charge of ours that we did not make
 * is adopted; evidence that contradicts our record changes nothing.
 */
export async function applyRefund(
  tx: Tx,
  { evidence, effects, now }: { evidence: RefundEvidence; effects: Effects; now: Date },
): Promise<RefundApplied> {
  const known = await findRefund(tx, evidence)
  const chargeId = known?.charge_id ?? (await findRefundedCharge(tx, evidence))?.id
  if (chargeId === undefined) return refuse(tx, 'unknown_refund', evidence, {}, now)
  const charge = await lockCharge(tx, chargeId)
  // Looked up again: somebody may have adopted it while we waited for the charge.
  const refund = await lockRefundByNumber(tx, evidence)

  const holder = await findRefundHolder(tx, evidence.refundId)
  const fields = refundContradictions(evidence, { charge, refund, holder })
  if (fields.length > 0) return refuse(tx, 'refund_mismatch', evidence, { fields }, now)
  if (!refund && charge.state !== 'succeeded') return waitForPayment(tx, charge, now)
  if (!refund) {
    const adopted = await adoptRefund(tx, charge, evidence, now)
    const concluded = { kind: 'adopted', refund: adopted, needsPerson: 'foreign_refund', charge, effects } as const
    return conclude(tx, concluded, evidence, now)
  }

  const to = stateOf[evidence.status]
  const found = step<RefundState>(refundTransitions, refund.state, to)
  if (found.kind === 'same') return { kind: 'same', refund }
  if (isLate(refund, to)) return { kind: 'late', refund }
  if (found.kind === 'refused') {
    return refuse(tx, 'refund_mismatch', evidence, { fields: ['status'], state: refund.state }, now)
  }
  const moved = await moveRefund(tx, refund, {
    ...told(evidence, now),
    // Sent to a card, it is on its way from now on.
    accepted_at: to === 'processing' ? now : (refund.accepted_at ?? now),
    problem: null,
    query_count: 0,
  })
  if (refund.state === 'withdrawn' || to === 'closed') await recountRefunds(tx, charge.id)
  const concluded = { kind: 'moved', refund: moved, needsPerson: personFor(refund.state, to), charge, effects } as const
  return conclude(tx, concluded, evidence, now)
}

/** News of the past. PROCESSING after ABNORMAL is only new when it was sent again: else the order of events would count. */
const isLate = ({ state, resent_at }: Refund, to: RefundState): boolean =>
  state === 'succeeded' || state === 'closed'
    ? to === 'processing' || to === 'abnormal'
    : state === 'abnormal' && to === 'processing' && resent_at === null

const personFor = (from: RefundState, to: RefundState): Anomaly['kind'] | undefined => {
  if (to === 'abnormal') return 'refund_abnormal'
  if (to === 'closed') return 'refund_closed'
  // Somebody has given it up, and may have made another one instead.
  return from === 'withdrawn' ? 'withdrawn_refund' : undefined
}

interface Concluded {
  readonly kind: 'moved' | 'adopted'
  readonly refund: Refund
  readonly needsPerson: Anomaly['kind'] | undefined
  readonly charge: Charge
  readonly effects: Effects
}

async function conclude(
  tx: Tx,
  { kind, refund, needsPerson, charge, effects }: Concluded,
  evidence: RefundEvidence,
  now: Date,
): Promise<RefundApplied> {
  if (refund.state === 'succeeded' && refund.success_time) {
    await recordMovement(tx, {
      kind: 'refund',
      provider_ref: evidence.refundId,
      mchid: refund.mchid,
      charge_id: refund.charge_id,
      amount_fen: -refund.amount_fen,
      proof: evidence.proof,
      occurred_at: refund.success_time,
      recorded_at: now,
    })
    await effects[charge.purpose].changed?.(tx, { subjectId: charge.subject_id, now })
  }
  if (needsPerson === undefined) return { kind, refund }
  const anomaly = describe(needsPerson, evidence, { cause: refund.cause })
  await recordAnomaly(tx, anomaly, now)
  return { kind, refund, anomaly }
}

async function waitForPayment(tx: Tx, charge: Charge, now: Date): Promise<RefundApplied> {
  await tx
    .updateTable('charge')
    .set({ next_query_at: now })
    .where('id', '=', charge.id)
    .where('next_query_at', 'is not', null)
    .execute()
  return { kind: 'too_early', charge }
}

async function refuse(
  tx: Tx,
  kind: 'unknown_refund' | 'refund_mismatch',
  evidence: RefundEvidence,
  detail: Record<string, unknown>,
  now: Date,
): Promise<RefundApplied> {
  const anomaly = describe(kind, evidence, detail)
  await recordAnomaly(tx, anomaly, now)
  return { kind: 'refused', anomaly }
}

function describe(kind: Anomaly['kind'], evidence: RefundEvidence, detail: Record<string, unknown>): Anomaly {
  const { mchid, outTradeNo, transactionId, outRefundNo, refundId, amountFen, status, proof } = evidence
  return {
    kind,
    mchid,
    outTradeNo,
    detail: { ...detail, transactionId, outRefundNo, refundId, amountFen, status, proof },
  }
}
