import type { Kysely } from 'kysely'
import type { Database } from '../../database.ts'
import type { Tx } from '../../kernel/db.ts'
import { shippingInfo } from './request.ts'
import { nextAttemptAt } from './schedule.ts'
import type { ShipmentState } from './states.ts'
import type { Shipment } from './table.ts'

/** A shipment whose turn it is, with the request to send and the numbers of its payment. */
export interface DueShipment extends Shipment {
  readonly body: string
  readonly mchid: string
  readonly out_trade_no: string
}

/** Takes shipments whose time has come, and sets their next one: nobody else takes them meanwhile. */
export async function claimDueShipments(
  tx: Tx,
  { appid, now, limit }: { readonly appid: string; readonly now: Date; readonly limit: number },
): Promise<readonly DueShipment[]> {
  const rows = await tx
    .selectFrom('shipment')
    .innerJoin('charge', 'charge.id', 'shipment.charge_id')
    .selectAll('shipment')
    .select(['charge.mchid', 'charge.out_trade_no', 'charge.openid', 'charge.description'])
    .select((eb) =>
      eb
        .exists(
          eb
            .selectFrom('order_item')
            .innerJoin('goods', 'goods.id', 'order_item.goods_id')
            .whereRef('order_item.order_id', '=', 'charge.subject_id')
            .where('goods.kind', '=', 'goods'),
        )
        .as('has_goods'),
    )
    .where('shipment.state', '=', 'waiting')
    .where('shipment.next_attempt_at', '<=', now)
    .where('charge.appid', '=', appid)
    .orderBy('shipment.next_attempt_at')
    .limit(limit)
    .forUpdate('shipment')
    .skipLocked()
    .execute()
  const due: DueShipment[] = []
  for (const row of rows) {
    const body = row.body ?? JSON.stringify(shippingInfo(row, Boolean(row.has_goods), now))
    const attempts = row.attempts + 1
    await tx
      .updateTable('shipment')
      .set({ body, attempts, next_attempt_at: nextAttemptAt(row.attempts, now) })
      .where('id', '=', row.id)
      .execute()
    due.push({ ...row, body, attempts })
  }
  return due
}

interface Ending {
  readonly state: Exclude<ShipmentState, 'waiting'>
  readonly errcode: number | null
  readonly now: Date
}

/** @returns false when somebody else was first */
export async function finishShipment(
  db: Kysely<Database>,
  id: string,
  { state, errcode, now }: Ending,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('shipment')
    .set({ state, errcode, finished_at: now, next_attempt_at: null })
    .where('id', '=', id)
    .where('state', '=', 'waiting')
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** What WeChat said, for whoever looks into the table; the next attempt is set already. */
export async function noteErrcode(db: Kysely<Database>, id: string, errcode: number | null): Promise<void> {
  await db.updateTable('shipment').set({ errcode }).where('id', '=', id).where('state', '=', 'waiting').execute()
}
