import type { Ctx } from '../../../kernel/context.ts'
import { inTransaction, type Tx } from '../../../kernel/db.ts'
import { lookAfter } from '../../../kernel/look-after.ts'
import { takeTurn } from '../../../kernel/turn.ts'
import { BATCH, nextQueryAt } from '../schedule.ts'
import type { Card } from '../table.ts'
import { tellCard } from './tell.ts'

/**
 * Tells WeChat Pay what waits. Several processes may sweep at once; a crash only delays, because what was claimed comes
 * due again.
 * @returns how many cards it looked at; call again until 0
 */
export async function catchUpRecords(ctx: Ctx): Promise<number> {
  const now = ctx.clock.now()
  const due = await inTransaction(ctx.db, (tx) => claimCardsToTell(tx, now))
  return lookAfter(ctx, due, (card) => tellCard(ctx, card), { goesOn: due.length === BATCH })
}

async function claimCardsToTell(tx: Tx, now: Date): Promise<readonly Card[]> {
  const due = await tx
    .selectFrom('card')
    .selectAll()
    .where('next_send_at', '<=', now)
    .where(({ or, eb }) => or([eb('sending_until', 'is', null), eb('sending_until', '<=', now)]))
    .orderBy('next_send_at')
    .limit(BATCH)
    .forNoKeyUpdate()
    .skipLocked()
    .execute()
  const claimed: Card[] = []
  for (const card of due) {
    const turn = await takeTurn(tx, 'card', card, now)
    if (!turn) continue
    const set = { next_send_at: nextQueryAt(card.send_count, now), send_count: card.send_count + 1 }
    await tx.updateTable('card').set(set).where('id', '=', card.id).execute()
    claimed.push({ ...turn, ...set })
  }
  return claimed
}
