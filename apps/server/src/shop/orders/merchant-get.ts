import type { orders } from '@shouyin/contracts/merchant'
import type { MerchantCtx } from '../../kernel/context.ts'
import { AppError } from '../../kernel/errors.ts'
import { isUuid } from '../../kernel/page.ts'
import { findChargeByNumber } from '../../ledger/repository.ts'
import type { OrderRow } from '../table.ts'
import { viewMerchantOrders } from './merchant-view.ts'

/**
 * Anybody's order.
 * @param id its id, or the 商户订单号 or 微信订单号 of any of its charges
 * @throws AppError ORDER_NOT_FOUND
 */
export async function findAnyOrder({ db, config }: MerchantCtx, id: string): Promise<OrderRow> {
  const number = { mchid: config.mchid, number: id }
  const orderId = isUuid(id) ? id : (await findChargeByNumber(db, number))?.subject_id
  const row = orderId && (await db.selectFrom('orders').selectAll().where('id', '=', orderId).executeTakeFirst())
  if (!row) throw new AppError('ORDER_NOT_FOUND', 'no order has this id, 商户订单号 or 微信订单号', { field: 'id' })
  return row
}

export async function getMerchantOrder(ctx: MerchantCtx, { id }: { id: string }): Promise<orders.MerchantOrder> {
  const [order] = await viewMerchantOrders(ctx.db, [await findAnyOrder(ctx, id)])
  if (!order) throw new Error(`order ${id} has no view`)
  return order
}
