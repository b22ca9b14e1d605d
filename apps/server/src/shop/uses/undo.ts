import type { uses } from '@shouyin/contracts/merchant'
import { audit } from '../../kernel/audit.ts'
import type { MerchantCtx, RequestInfo } from '../../kernel/context.ts'
import { inTransaction } from '../../kernel/db.ts'
import { AppError } from '../../kernel/errors.ts'
import { isUuid } from '../../kernel/page.ts'
import { lockOrder } from '../orders/repository.ts'
import { readUse } from './repository.ts'
import { viewUse } from './view.ts'

/** It was entered by mistake. May be repeated. @throws AppError USE_NOT_FOUND */
export async function undoUse(ctx: MerchantCtx & RequestInfo, { id }: { id: string }): Promise<uses.Use> {
  const orderId = await orderOf(ctx, id)
  const undone = await inTransaction(ctx.db, async (tx) => {
    await lockOrder(tx, orderId)
    const use = await readUse(tx, id)
    if (use.undone_at !== null) return use
    const now = ctx.clock.now()
    const set = { undone_at: now, undone_by: ctx.merchant.person }
    await tx.updateTable('service_use').set(set).where('id', '=', id).execute()
    await audit(tx, ctx, 'use.undo', orderId, { useId: id, goodsId: use.goods_id, quantity: use.quantity })
    await ctx.effects.order.changed?.(tx, { subjectId: orderId, now })
    return { ...use, ...set }
  })
  ctx.wake()
  return viewUse(undone)
}

async function orderOf({ db, config }: MerchantCtx, id: string): Promise<string> {
  const use = isUuid(id)
    ? await db
        .selectFrom('service_use')
        .innerJoin('orders', 'orders.id', 'service_use.order_id')
        .select('order_id')
        .where('service_use.id', '=', id)
        .where('orders.mchid', '=', config.mchid)
        .executeTakeFirst()
    : undefined
  if (!use) throw new AppError('USE_NOT_FOUND', 'no use has this id', { field: 'id' })
  return use.order_id
}
