import type { orders } from '@shouyin/contracts/shopper'
import type { Kysely } from 'kysely'
import type { Database } from '../../database.ts'
import { refundedFen } from '../../ledger/movements.ts'
import { latestCharges } from '../../ledger/repository.ts'
import type { Charge } from '../../ledger/table.ts'
import type { OrderItemRow, OrderRow } from '../table.ts'
import type { PlacedOrder } from './place.ts'
import { listItems } from './repository.ts'

/** What the shopper sees of these orders, in their order. */
export async function viewOrders(db: Kysely<Database>, rows: readonly OrderRow[]): Promise<orders.Order[]> {
  const ids = rows.map((row) => row.id)
  const [items, charges, refunded] = [
    await listItems(db, ids),
    await latestCharges(db, 'order', ids),
    await refundedFen(db, ids),
  ]
  return rows.map((row) =>
    view(row, {
      items: items.filter((item) => item.order_id === row.id),
      charge: charges.find((charge) => charge.subject_id === row.id),
      refundedFen: refunded.get(row.id) ?? 0,
    }),
  )
}

export async function viewOrder(db: Kysely<Database>, row: OrderRow): Promise<orders.Order> {
  const [order] = await viewOrders(db, [row])
  if (!order) throw new Error(`order ${row.id} has no view`)
  return order
}

/** Nothing was ever paid for it. */
export const viewNewOrder = (order: PlacedOrder): orders.Order =>
  view(order, { items: order.items, charge: undefined, refundedFen: 0 })

export const viewItem = (item: OrderItemRow): orders.Order['items'][number] => ({
  goodsId: item.goods_id,
  name: item.name,
  priceFen: item.price_fen,
  quantity: item.quantity,
})

interface Parts {
  readonly items: readonly OrderItemRow[]
  readonly charge: Charge | undefined
  readonly refundedFen: number
}

function view(row: OrderRow, { items, charge, refundedFen }: Parts): orders.Order {
  return {
    id: row.id,
    outTradeNo: charge?.out_trade_no ?? null,
    status: row.state,
    confirming: charge?.unconfirmed === true && row.state !== 'paid',
    amountFen: row.amount_fen,
    discountFen: row.discount_fen,
    discountName: row.discount_name,
    refundedFen,
    items: items.map(viewItem),
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    paidAt: row.paid_at?.toISOString() ?? null,
  }
}
