import { randomUUIDv7 } from 'node:crypto'
import type { Tx } from '../../kernel/db.ts'
import { AppError } from '../../kernel/errors.ts'
import { isUuid } from '../../kernel/page.ts'
import { lockOrder } from '../orders/repository.ts'
import type { OrderRow, RefundRequestRow } from '../table.ts'

export function insertRequest(
  tx: Tx,
  wanted: { readonly orderId: string; readonly amountFen: number; readonly reason: string },
  now: Date,
): Promise<RefundRequestRow> {
  return tx
    .insertInto('refund_request')
    .values({
      id: randomUUIDv7(),
      order_id: wanted.orderId,
      amount_fen: wanted.amountFen,
      reason: wanted.reason,
      created_at: now,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** The order first, then what was asked of it. @throws AppError REFUND_REQUEST_NOT_FOUND, REFUND_REQUEST_DECIDED */
export async function lockOpenRequest(tx: Tx, id: string): Promise<{ order: OrderRow; request: RefundRequestRow }> {
  const find = () => tx.selectFrom('refund_request').selectAll().where('id', '=', id)
  const found = isUuid(id) ? await find().executeTakeFirst() : undefined
  if (!found) throw new AppError('REFUND_REQUEST_NOT_FOUND', 'no refund request has this id', { field: 'id' })
  const order = await lockOrder(tx, found.order_id)
  const request = await find().forUpdate().executeTakeFirstOrThrow()
  if (request.state === 'requested') return { order, request }
  throw new AppError('REFUND_REQUEST_DECIDED', `this refund request is ${request.state} already`)
}

type Decision =
  | { readonly state: 'approved'; readonly refundId: string; readonly by: string | null }
  | { readonly state: 'declined'; readonly note: string; readonly by: string }

export function decide(tx: Tx, { id }: RefundRequestRow, decision: Decision, now: Date): Promise<RefundRequestRow> {
  return tx
    .updateTable('refund_request')
    .set({
      state: decision.state,
      decided_by: decision.by,
      decided_at: now,
      ...(decision.state === 'approved' ? { refund_id: decision.refundId } : { note: decision.note }),
    })
    .where('id', '=', id)
    .where('state', '=', 'requested')
    .returningAll()
    .executeTakeFirstOrThrow()
}
