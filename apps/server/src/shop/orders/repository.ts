import type { Kysely } from 'kysely'
import type { Database } from '../../database.ts'
import type { Tx } from '../../kernel/db.ts'
import { isUuid } from '../../kernel/page.ts'
import type { OrderItemRow, OrderRow } from '../table.ts'

/** Somebody else's order is no order: the owner is part of every look-up that a shopper starts. */
export function findOrder(db: Kysely<Database>, userId: string, id: string): Promise<OrderRow | undefined> {
  if (!isUuid(id)) return Promise.resolve(undefined)
  return db.selectFrom('orders').selectAll().where('id', '=', id).where('user_id', '=', userId).executeTakeFirst()
}

export function findOrderByNumber(
  db: Kysely<Database>,
  userId: string,
  { mchid, outTradeNo }: { mchid: string; outTradeNo: string },
): Promise<OrderRow | undefined> {
  return db
    .selectFrom('orders')
    .innerJoin('charge', 'charge.subject_id', 'orders.id')
    .selectAll('orders')
    .where('charge.mchid', '=', mchid)
    .where('charge.out_trade_no', '=', outTradeNo)
    .where('orders.user_id', '=', userId)
    .executeTakeFirst()
}

/**
 * Lock order everywhere: the order first, then its charge, then cards that it counts for. Rows that name the order may be
 * written meanwhile: who holds a card does not wait for orders.
 */
export function lockOrder(tx: Tx, id: string): Promise<OrderRow> {
  return tx.selectFrom('orders').selectAll().where('id', '=', id).forNoKeyUpdate().executeTakeFirstOrThrow()
}

export function listItems(db: Kysely<Database>, orderIds: readonly string[]): Promise<readonly OrderItemRow[]> {
  if (orderIds.length === 0) return Promise.resolve([])
  return db.selectFrom('order_item').selectAll().where('order_id', 'in', orderIds).orderBy('position').execute()
}
