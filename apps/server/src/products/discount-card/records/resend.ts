import type { Tx } from '../../../kernel/db.ts'
import type { Card } from '../table.ts'

/**
 * A person has seen to what WeChat Pay did not like: it is told again, with the same serial numbers. The caller holds the
 * card, which is open. @returns how many records that are
 */
export async function resendRefused(tx: Tx, { id }: Card, now: Date): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable('card_record')
    .set({ state: 'waiting', problem: null })
    .where('card_id', '=', id)
    .where('state', '=', 'refused')
    .executeTakeFirst()
  if (numUpdatedRows > 0n)
    await tx.updateTable('card').set({ next_send_at: now, send_count: 0 }).where('id', '=', id).execute()
  return Number(numUpdatedRows)
}
