import type { refunds } from '@shouyin/contracts/merchant'
import type { ParsedInputOf } from '@shouyin/contracts/route'
import type { MerchantCtx, RequestInfo } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { AppError } from '../../kernel/errors.ts'
import { once } from '../../kernel/idempotency.ts'
import { findCharge, lockCharge } from '../../ledger/repository.ts'
import type { Charge } from '../../ledger/table.ts'
import { findAnyOrder } from '../../shop/orders/merchant-get.ts'
import { lockPaidCharge } from '../../shop/orders/refundable.ts'
import { lockOrder } from '../../shop/orders/repository.ts'
import type { OrderRow } from '../../shop/table.ts'
import { proposeRefund } from './propose.ts'
import { settleLostPayment } from './settle-lost-payment.ts'
import { submitNow } from './submit.ts'
import { viewRefund } from './view.ts'

type Input = ParsedInputOf<typeof refunds.createRefund>
type CreateCtx = MerchantCtx & RequestInfo

/**
 * Refunds an order, whole or in part. One refund per Idempotency-Key; the answer shows it as it stands now: proposed
 * where a second person has to approve, waiting when WeChat Pay could not be asked or did not take it yet.
 * @throws AppError ORDER_NOT_FOUND, ORDER_NOT_PAID, REFUND_EXCEEDS_ORDER, REFUND_COUNT_EXCEEDED, REFUND_TOO_LATE
 */
export async function createRefund(ctx: CreateCtx, input: Input): Promise<refunds.Refund> {
  const order = await findAnyOrder(ctx, input.id)
  if (order.state !== 'paid') await settleLostPayment(ctx, order.id)
  const { id } = await once(ctx, input, (tx) => reserve(tx, ctx, order.id, input))
  await submitNow(ctx, id)
  return viewRefund(ctx.db, id)
}

async function reserve(tx: Tx, ctx: CreateCtx, orderId: string, input: Input): Promise<{ id: string }> {
  const charge = await lockNamedCharge(tx, await lockOrder(tx, orderId), input.outTradeNo)
  return proposeRefund(tx, ctx, charge, { ...input, orderId })
}

async function lockNamedCharge(tx: Tx, order: OrderRow, outTradeNo: string | undefined): Promise<Charge> {
  if (outTradeNo === undefined) return lockPaidCharge(tx, order)
  const found = await findCharge(tx, { mchid: order.mchid, outTradeNo })
  const charge = found?.subject_id === order.id ? await lockCharge(tx, found.id) : undefined
  if (charge?.state === 'succeeded') return charge
  throw new AppError('ORDER_NOT_PAID', 'outTradeNo is no paid charge of this order', { field: 'outTradeNo' })
}
