import type { orders } from '@shouyin/contracts/merchant'
import type { Kysely } from 'kysely'
import type { Database } from '../../database.ts'
import { refundedFen } from '../../ledger/movements.ts'
import { listCharges } from '../../ledger/repository.ts'
import type { Charge } from '../../ledger/table.ts'
import type { OrderItemRow, OrderRow } from '../table.ts'
import { listItems } from './repository.ts'
import { viewItem } from './view.ts'

/** What the shop sees of these orders, in their order. A handful of queries, however many orders. */
export async function viewMerchantOrders(
  db: Kysely<Database>,
  rows: readonly OrderRow[],
): Promise<orders.MerchantOrder[]> {
  const ids = rows.map((row) => row.id)
  const [items, charges, refunded] = [
    Map.groupBy(await listItems(db, ids), (item) => item.order_id),
    Map.groupBy(await listCharges(db, 'order', ids), (charge) => charge.subject_id),
    await refundedFen(db, ids),
  ]
  return rows.map((row) =>
    view(row, {
      items: items.get(row.id) ?? [],
      charges: charges.get(row.id) ?? [],
      refundedFen: refunded.get(row.id) ?? 0,
    }),
  )
}

interface Parts {
  readonly items: readonly OrderItemRow[]
  readonly charges: readonly Charge[]
  readonly refundedFen: number
}

const view = (row: OrderRow, { items, charges, refundedFen }: Parts): orders.MerchantOrder => ({
  id: row.id,
  status: row.state,
  amountFen: row.amount_fen,
  discountFen: row.discount_fen,
  discountName: row.discount_name,
  refundedFen,
  description: row.description,
  openid: row.openid,
  items: items.map(viewItem),
  charges: charges.map(viewCharge),
  createdAt: row.created_at.toISOString(),
  expiresAt: row.expires_at.toISOString(),
  paidAt: row.paid_at?.toISOString() ?? null,
})

const viewCharge = (charge: Charge): orders.MerchantOrder['charges'][number] => ({
  outTradeNo: charge.out_trade_no,
  transactionId: charge.transaction_id,
  state: charge.state,
  settlement: charge.settlement,
  amountFen: charge.amount_fen,
  refundReservedFen: charge.refund_reserved_fen,
  successTime: charge.success_time?.toISOString() ?? null,
})
