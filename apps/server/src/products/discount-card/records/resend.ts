import type { cards } from '@shouyin/contracts/merchant'
import { audit } from '../../../kernel/audit.ts'
import type { MerchantCtx, RequestInfo } from '../../../kernel/context.ts'
import { inTransaction, type Tx } from '../../../kernel/db.ts'
import { AppError } from '../../../kernel/errors.ts'
import { findAnyCard } from '../cards/merchant-get.ts'
import { viewMerchantCard } from '../cards/merchant-view.ts'
import { tellNow } from '../cards/tell-now.ts'
import { lockCard, readCard } from '../repository.ts'
import { isOpen } from '../states.ts'
import type { Card } from '../table.ts'

/**
 * Tells WeChat Pay again what it refused of a card. May be repeated; what it still does not take is refused again.
 * @throws AppError CARD_NOT_FOUND, CARD_ENDED
 */
export async function resendRecords(
  ctx: MerchantCtx & RequestInfo,
  input: { id: string },
): Promise<cards.MerchantCard> {
  const { id } = await findAnyCard(ctx, input.id)
  await inTransaction(ctx.db, async (tx) => {
    const card = await lockCard(tx, id)
    if (!isOpen(card.state)) {
      throw new AppError('CARD_ENDED', `the card is ${card.state}: WeChat Pay takes no records of it`)
    }
    const count = await resendRefused(tx, card, ctx.clock.now())
    if (count > 0) await audit(tx, ctx, 'card.resend', id, { count })
  })
  await tellNow(ctx, id)
  return viewMerchantCard(ctx.db, await readCard(ctx.db, id))
}

/**
 * A person has seen to what WeChat Pay did not like: it is told again, with the same serial numbers. The caller holds the
 * card, which is open. @returns how many records that are
 */
async function resendRefused(tx: Tx, { id }: Card, now: Date): Promise<number> {
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
