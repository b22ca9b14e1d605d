import type { Tx } from '../../../kernel/db.ts'

/** To be written by the owner of the records. */
export async function restateCardsOf(_tx: Tx, _orderId: string, _now: Date): Promise<void> {}
