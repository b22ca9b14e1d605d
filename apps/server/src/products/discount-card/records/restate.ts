import type { Tx } from '../../../kernel/db.ts'
import type { Card } from '../table.ts'

/** To be written by the owner of the records. The caller holds the card. */
export async function restateCard(_tx: Tx, _card: Card, _now: Date): Promise<void> {}

/** To be written by the owner of the records. The caller holds the order. */
export async function restateCardsOf(_tx: Tx, _orderId: string, _now: Date): Promise<void> {}
