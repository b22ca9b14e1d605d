import { randomUUIDv7 } from 'node:crypto'
import type { Tx } from '../kernel/db.ts'
import { type RefundEvidence, told } from './compare-refund.ts'
import { recountRefunds } from './refunds.ts'
import type { Charge, Refund } from './table.ts'

/** Takes a refund that was made without us into the books, e.g. by hand in 商户平台. The caller holds the lock of the charge. */
export async function adoptRefund(tx: Tx, charge: Charge, evidence: RefundEvidence, now: Date): Promise<Refund> {
  const refund = await tx
    .insertInto('refund')
    .values({
      id: randomUUIDv7(),
      charge_id: charge.id,
      mchid: charge.mchid,
      out_refund_no: evidence.outRefundNo,
      cause: 'foreign',
      amount_fen: evidence.amountFen,
      needs_approval: false,
      created_at: now,
      accepted_at: now,
      ...told(evidence, now),
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  await recountRefunds(tx, charge.id)
  return refund
}
