import { claimDue } from '../../../kernel/claim-due.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { inTransaction } from '../../../kernel/db.ts'
import { lookAfter } from '../../../kernel/look-after.ts'
import { takeTurn } from '../../../kernel/turn.ts'
import { lockCard, updateCard } from '../repository.ts'
import { BATCH, lapsesAt, nextCardQueryAt } from '../schedule.ts'
import type { Card } from '../table.ts'
import { askToken } from './ask-token.ts'
import { closeOrdersOfEnded } from './close-orders.ts'
import { queryCard } from './query.ts'

/** Cards of which WeChat Pay may say something new, and orders that are cheaper for no reason. @returns how many */
export async function catchUpCards(ctx: Ctx): Promise<number> {
  const now = ctx.clock.now()
  const nextQueryAt = (card: Card) => nextCardQueryAt({ ...card, query_count: card.query_count + 1 }, now)
  const due = await inTransaction(ctx.db, (tx) => claimDue(tx, 'card', { now, limit: BATCH, nextQueryAt }))
  const looked = await lookAfter(
    ctx,
    due,
    async (card) => !['unknown', 'refused'].includes(await catchUpCard(ctx, card)),
    { goesOn: due.length === BATCH },
  )
  return looked + (await closeOrdersOfEnded(ctx))
}

async function catchUpCard(ctx: Ctx, card: Card): Promise<string> {
  if (card.state === 'preparing') return goOn(ctx, card)
  const answer = await queryCard(ctx, card)
  return answer === 'absent' ? lapse(ctx, card) : answer
}

/** Whoever was preparing it is gone, or got no answer. */
async function goOn(ctx: Ctx, { id }: Card): Promise<string> {
  const turn = await inTransaction(ctx.db, async (tx) => {
    const card = await lockCard(tx, id)
    return card.state === 'preparing' ? takeTurn(tx, 'card', card, ctx.clock.now()) : undefined
  })
  return turn ? askToken(ctx, { card: turn, isNew: false }) : 'unknown'
}

/** Nobody took it while its token may have lived; should somebody have, after all, it comes back. */
function lapse({ db, clock }: Ctx, { id }: Card): Promise<string> {
  return inTransaction(db, async (tx) => {
    const card = await lockCard(tx, id)
    if (card.state !== 'prepared' || clock.now() < lapsesAt(card)) return 'absent'
    await updateCard(tx, card, { state: 'lapsed', unconfirmed: false, next_query_at: null })
    return 'lapsed'
  })
}
