import type { Tx } from '../../../kernel/db.ts'
import { openRecordStates } from '../states.ts'
import type { Card, CardRecord } from '../table.ts'
import { matters } from './matters.ts'

/**
 * The card has ended: what WeChat Pay has not accepted comes too late. The caller holds the card.
 * @returns how many there are that matter, and how many fen of discount WeChat Pay does not know of; negative: knows too
 * many of
 */
export async function closeRecords(tx: Tx, card: Card): Promise<{ count: number; fen: number }> {
  const closed = await tx
    .updateTable('card_record')
    .set({ state: 'too_late' })
    .where('card_id', '=', card.id)
    .where('state', 'in', openRecordStates)
    .returning(['kind', 'direction', 'amount_fen', 'happened_at as happenedAt'])
    .execute()
  const count = closed.filter((record) => matters(card, record)).length
  return { count, fen: closed.reduce((fen, record) => fen + netFen(record), 0) }
}

/** Fen that a record adds to what was enjoyed. */
export const netFen = ({ direction, amount_fen }: Pick<CardRecord, 'direction' | 'amount_fen'>): number =>
  direction === 'INCREASE' ? (amount_fen ?? 0) : -(amount_fen ?? 0)
