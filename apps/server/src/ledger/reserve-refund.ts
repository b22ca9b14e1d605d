import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { Tx } from '../kernel/db.ts'
import { firstRefundQueryAt } from './refund-schedule.ts'
import type { RefundCause } from './states.ts'
import type { Charge, Refund } from './table.ts'

/** WeChat Pay refunds a payment for a year. */
const REFUNDABLE_MS = 365 * 86_400_000
/** … in so many parts. */
const PARTS_MAX = 50

export interface ReserveRefund {
  /** Succeeded and locked by the caller. */
  readonly charge: Charge
  readonly amountFen: number
  readonly cause: Exclude<RefundCause, 'foreign'>
  /** What the shopper reads on the bill, at most 80 characters. */
  readonly reason: string | null
  /** The person; null when it goes back by itself. */
  readonly requestedBy: string | null
  /** `proposed`: a second person has to approve. `waiting`: it is sent at once. */
  readonly state: 'proposed' | 'waiting'
}

export type RefundRefusal =
  | { readonly kind: 'exceeds'; readonly refundableFen: number }
  | { readonly kind: 'too_many' }
  | { readonly kind: 'too_late' }

export type Reserved = { readonly kind: 'reserved'; readonly refund: Refund } | RefundRefusal

/**
 * Records the intent to give money back, before WeChat Pay hears of it, and sets the sum aside: the same money cannot
 * be given back twice, however many ask at once.
 */
export async function reserveRefund(tx: Tx, wanted: ReserveRefund, now: Date): Promise<Reserved> {
  const refusal = whyNoRefund(wanted, now)
  if (refusal) return refusal
  const { charge, amountFen } = wanted
  const reserved = await tx
    .updateTable('charge')
    .set({
      refund_reserved_fen: sql<number>`refund_reserved_fen + ${amountFen}`,
      refund_count: sql<number>`refund_count + 1`,
    })
    .where('id', '=', charge.id)
    .where(sql<boolean>`refund_reserved_fen + ${amountFen} <= amount_fen`)
    .where('refund_count', '<', PARTS_MAX)
    .executeTakeFirst()
  if (reserved.numUpdatedRows !== 1n) throw new Error(`charge ${charge.id} was not locked while it was reserved from`)
  return { kind: 'reserved', refund: await insertRefund(tx, wanted, now) }
}

/** Why so much of a charge cannot go back now; undefined when it can. */
export function whyNoRefund(
  { charge, amountFen }: Pick<ReserveRefund, 'charge' | 'amountFen'>,
  now: Date,
): RefundRefusal | undefined {
  const { success_time, refund_count, amount_fen, refund_reserved_fen } = charge
  if (success_time && now.getTime() - success_time.getTime() > REFUNDABLE_MS) return { kind: 'too_late' }
  if (refund_count >= PARTS_MAX) return { kind: 'too_many' }
  const refundableFen = amount_fen - refund_reserved_fen
  return amountFen > refundableFen || refundableFen === 0 ? { kind: 'exceeds', refundableFen } : undefined
}

/**
 * How a refund that a person wants begins. What was refunded of the charge before counts too: many small refunds are as
 * much money as a large one.
 */
export const firstState = (
  charge: Pick<Charge, 'refund_reserved_fen'>,
  { amountFen, approvalAboveFen }: { readonly amountFen: number; readonly approvalAboveFen: number },
): ReserveRefund['state'] => (charge.refund_reserved_fen + amountFen > approvalAboveFen ? 'proposed' : 'waiting')

function insertRefund(tx: Tx, wanted: ReserveRefund, now: Date): Promise<Refund> {
  const id = randomUUIDv7()
  return tx
    .insertInto('refund')
    .values({
      id,
      charge_id: wanted.charge.id,
      mchid: wanted.charge.mchid,
      out_refund_no: `R${id.replaceAll('-', '')}`,
      cause: wanted.cause,
      amount_fen: wanted.amountFen,
      reason: wanted.reason,
      requested_by: wanted.requestedBy,
      needs_approval: wanted.state === 'proposed',
      created_at: now,
      state: wanted.state,
      next_query_at: firstRefundQueryAt(wanted.state, now),
    })
    .returningAll()
    .executeTakeFirstOrThrow()
}
