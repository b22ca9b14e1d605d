import type { Tx } from '../kernel/db.ts'
import type { Purpose } from './table.ts'

/** What a settled charge of one purpose means. Both run in the transaction that settles. */
export interface Effect {
  /** Locks the subject and says whether it still waits for its money. */
  lock(tx: Tx, subjectId: string): Promise<'waiting' | 'paid' | 'closed'>
  /** The subject is paid. */
  apply(tx: Tx, paid: { subjectId: string; chargeId: string; paidAt: Date; now: Date }): Promise<void>
}

export type Effects = Readonly<Record<Purpose, Effect>>
