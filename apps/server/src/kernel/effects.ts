import type { Tx } from './db.ts'

/** What a sum is for; decides what a settled charge means. */
export type Purpose = 'order' | 'lesson' | 'card'

/** What a settled charge of one purpose means. The first two run in the transaction that settles. */
export interface Effect {
  /** Locks the subject and says whether it still waits for its money. */
  lock(tx: Tx, subjectId: string): Promise<'waiting' | 'paid' | 'closed'>
  /** The subject is paid. */
  apply(tx: Tx, paid: { subjectId: string; chargeId: string; paidAt: Date; now: Date }): Promise<void>
  /** Some of its money went back, or what was bought was used: in the transaction that says so. */
  changed?(tx: Tx, change: { subjectId: string; now: Date }): Promise<void>
}

/** Brought by the products and put together where they are; a purpose without an effect does not compile. */
export type Effects = Readonly<Record<Purpose, Effect>>
