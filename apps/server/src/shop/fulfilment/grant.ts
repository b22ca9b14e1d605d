import type { Tx } from '../../kernel/db.ts'

/** Grants what the order bought. The primary key makes it once, whoever asks how often. */
export async function grant(tx: Tx, orderId: string, now: Date): Promise<void> {
  await tx.insertInto('fulfilment').values({ order_id: orderId, granted_at: now }).execute()
}
