import type { Kysely } from 'kysely'
import type { Database } from '../../../database.ts'
import { refundedFen } from '../../../ledger/movements.ts'
import { listItems } from '../../../shop/orders/repository.ts'
import type { OrderRow } from '../../../shop/table.ts'
import type { Card, CardOrder } from '../table.ts'

/** A paid order of who holds the card, as far as the card is concerned. */
export interface Fact {
  readonly orderId: string
  readonly paidAt: Date
  readonly paidFen: number
  readonly refundedFen: number
  readonly goodsIds: readonly string[]
  /** Those that were not undone. */
  readonly uses: readonly { readonly goodsId: string; readonly quantity: number; readonly usedAt: Date }[]
  /** What this card took off its price. */
  readonly reward: Pick<CardOrder, 'reward_id' | 'discount_fen'> | undefined
}

/** A card that somebody took. */
export type TakenCard = Card & { readonly openid: string; readonly begin_at: Date; readonly end_at: Date }

export const isTaken = (card: Card): card is TakenCard =>
  card.openid !== null && card.begin_at !== null && card.end_at !== null

/** WeChat Pay prints when something was paid in whole seconds: what is paid in the second of the taking counts. */
export const windowBegin = ({ begin_at }: Pick<TakenCard, 'begin_at'>): Date =>
  new Date(Math.floor(begin_at.getTime() / 1000) * 1000)

/** All that may count for a locked card, in the order of payment. What once was among it stays among it. */
export async function listFacts(db: Kysely<Database>, card: TakenCard): Promise<readonly Fact[]> {
  const orders = await listPaidOrders(db, card)
  const ids = orders.map(({ id }) => id)
  if (ids.length === 0) return []
  const items = Map.groupBy(await listItems(db, ids), (item) => item.order_id)
  const refunded = await refundedFen(db, ids)
  const uses = Map.groupBy(await listStandingUses(db, ids), (use) => use.order_id)
  const rewards = await db.selectFrom('card_order').selectAll().where('card_id', '=', card.id).execute()
  return orders.map((order) => ({
    orderId: order.id,
    paidAt: order.paid_at,
    paidFen: order.amount_fen,
    refundedFen: refunded.get(order.id) ?? 0,
    goodsIds: (items.get(order.id) ?? []).map((item) => item.goods_id),
    uses: (uses.get(order.id) ?? []).map(({ goods_id, quantity, used_at }) => ({
      ...{ goodsId: goods_id, quantity, usedAt: used_at },
    })),
    reward: rewards.find(({ order_id }) => order_id === order.id),
  }))
}

type PaidOrder = Pick<OrderRow, 'id' | 'amount_fen'> & { readonly paid_at: Date }

/** Paid since the card began, or before, and something of it was used since then. */
const listPaidOrders = (db: Kysely<Database>, card: TakenCard): Promise<readonly PaidOrder[]> =>
  db
    .selectFrom('orders')
    .select(['id', 'amount_fen', 'paid_at'])
    .where('openid', '=', card.openid)
    .where('mchid', '=', card.mchid)
    .where('appid', '=', card.appid)
    .where('state', '=', 'paid')
    .where(({ or, eb, exists, selectFrom }) =>
      or([
        eb('paid_at', '>=', windowBegin(card)),
        exists(
          selectFrom('service_use')
            .select('service_use.id')
            .whereRef('service_use.order_id', '=', 'orders.id')
            .where('used_at', '>=', card.begin_at),
        ),
      ]),
    )
    .orderBy('paid_at')
    .orderBy('id')
    .$narrowType<{ paid_at: Date }>()
    .execute()

const listStandingUses = (db: Kysely<Database>, orderIds: readonly string[]) =>
  db
    .selectFrom('service_use')
    .select(['order_id', 'goods_id', 'quantity', 'used_at'])
    .where('order_id', 'in', orderIds)
    .where('undone_at', 'is', null)
    .orderBy('id')
    .execute()
