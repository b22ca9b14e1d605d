import type { Ctx } from '../../../kernel/context.ts'
import { inTransaction } from '../../../kernel/db.ts'
import { takeTurn } from '../../../kernel/turn.ts'
import { tellCard } from '../records/tell.ts'
import { lockCard } from '../repository.ts'

/** Tells WeChat Pay what waits of a card, because somebody asks for it; unless somebody is telling it already. */
export async function tellNow(ctx: Ctx, id: string): Promise<void> {
  const turn = await inTransaction(ctx.db, async (tx) => {
    const card = await lockCard(tx, id)
    return card.next_send_at === null ? undefined : takeTurn(tx, 'card', card, ctx.clock.now())
  })
  if (turn) await tellCard(ctx, turn)
}
