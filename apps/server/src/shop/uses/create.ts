import { randomUUIDv7 } from 'node:crypto'
import type { uses } from '@shouyin/contracts/merchant'
import type { ParsedInputOf } from '@shouyin/contracts/route'
import { audit } from '../../kernel/audit.ts'
import type { MerchantCtx, RequestInfo } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { AppError } from '../../kernel/errors.ts'
import { once } from '../../kernel/idempotency.ts'
import { findAnyOrder } from '../orders/merchant-get.ts'
import { lockPaidCharge, refundableFen } from '../orders/refundable.ts'
import { listItems, lockOrder } from '../orders/repository.ts'
import type { OrderRow } from '../table.ts'
import { usedQuantity } from './repository.ts'
import { viewUse } from './view.ts'

/**
 * 核销: the shopper uses what was bought. Once per Idempotency-Key, and never more than was bought.
 * @throws AppError ORDER_NOT_FOUND, ORDER_NOT_PAID, NOTHING_TO_USE
 */
export async function createUse(
  ctx: MerchantCtx & RequestInfo,
  input: ParsedInputOf<typeof uses.createUse>,
): Promise<uses.Use> {
  const { id: orderId } = await findAnyOrder(ctx, input.id)
  const { goodsId, quantity } = input
  const used = await once(ctx, input, async (tx) => {
    const order = await lockOrder(tx, orderId)
    await assertUsable(tx, order, { goodsId, quantity })
    const now = ctx.clock.now()
    const made = { id: randomUUIDv7(), order_id: orderId, goods_id: goodsId, quantity }
    const use = await tx
      .insertInto('service_use')
      .values({ ...made, used_at: now, used_by: ctx.merchant.person })
      .returningAll()
      .executeTakeFirstOrThrow()
    await audit(tx, ctx, 'use.create', orderId, { useId: use.id, goodsId, quantity })
    await ctx.effects.order.changed?.(tx, { subjectId: orderId, now })
    return viewUse(use)
  })
  ctx.wake()
  return used
}

interface Wanted {
  readonly goodsId: string
  readonly quantity: number
}

async function assertUsable(tx: Tx, order: OrderRow, { goodsId, quantity }: Wanted): Promise<void> {
  const charge = await lockPaidCharge(tx, order)
  if (refundableFen(charge) === 0) {
    throw new AppError('NOTHING_TO_USE', 'the money of the order went back, or is on its way back')
  }
  const bought = (await listItems(tx, [order.id])).find((item) => item.goods_id === goodsId)
  if (!bought) throw new AppError('NOTHING_TO_USE', 'the order has no such goods', { field: 'goodsId' })
  const left = bought.quantity - (await usedQuantity(tx, { orderId: order.id, goodsId }))
  if (left < quantity) {
    throw new AppError('NOTHING_TO_USE', `${left} of ${bought.quantity} are left to use`, { field: 'quantity' })
  }
}
