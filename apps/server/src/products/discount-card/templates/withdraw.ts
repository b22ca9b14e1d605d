import type { cards } from '@shouyin/contracts/merchant'
import { audit } from '../../../kernel/audit.ts'
import type { MerchantCtx, RequestInfo } from '../../../kernel/context.ts'
import { inTransaction } from '../../../kernel/db.ts'
import { findAnyTemplate } from './merchant-get.ts'
import { viewTemplate } from './merchant-view.ts'

/**
 * Nobody is led to it any more; who has WeChat's page open may still take it, and cards that were taken go on. May be
 * repeated.
 * @throws AppError CARD_TEMPLATE_NOT_FOUND
 */
export async function withdrawCardTemplate(
  ctx: MerchantCtx & RequestInfo,
  input: { id: string },
): Promise<cards.CardTemplate> {
  const { id, name } = await findAnyTemplate(ctx, input.id)
  await inTransaction(ctx.db, async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable('card_template')
      .set({ state: 'withdrawn', withdrawn_at: ctx.clock.now() })
      .where('id', '=', id)
      .where('state', '=', 'on_offer')
      .executeTakeFirst()
    if (numUpdatedRows > 0n) await audit(tx, ctx, 'card-template.withdraw', id, { name })
  })
  return viewTemplate(ctx.db, id)
}
