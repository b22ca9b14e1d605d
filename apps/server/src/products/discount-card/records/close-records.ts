import type { Tx } from '../../../kernel/db.ts'
import { openRecordStates } from '../states.ts'
import type { Card, CardRecord } from '../table.ts'

/**
 * The card has ended: what WeChat Pay has not accepted comes too late. The caller holds the card.
 * @returns how many there are, and how many fen of discount WeChat Pay does not know of; negative: knows too many of
 */
export async function closeRecords(tx: Tx, { id }: Card): Promise<{ count: number; fen: number }> {
  const closed = await tx
    .updateTable('card_record')
    .set({ state: 'too_late' })
    .where('card_id', '=', id)
    .where('state', 'in', openRecordStates)
    .returning(['direction', 'amount_fen'])
    .execute()
  return { count: closed.length, fen: closed.reduce((fen, record) => fen + netFen(record), 0) }
}

/** Fen that a record adds to what was enjoyed. */
export const netFen = ({ direction, amount_fen }: Pick<CardRecord, 'direction' | 'amount_fen'>): number =>
  direction === 'INCREASE' ? (amount_fen ?? 0) : -(amount_fen ?? 0)
