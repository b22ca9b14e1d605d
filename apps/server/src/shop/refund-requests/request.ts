import type { ParsedInputOf } from '@shouyin/contracts/route'
import type { refunds } from '@shouyin/contracts/shopper'
import type { RequestInfo, ShopperCtx } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { AppError } from '../../kernel/errors.ts'
import { once } from '../../kernel/idempotency.ts'
import { listRefundsOf } from '../../ledger/refunds.ts'
import { reserveRefund, whyNoRefund } from '../../ledger/reserve-refund.ts'
import type { Charge } from '../../ledger/table.ts'
import { getOwnOrder } from '../orders/get.ts'
import { lockPaidCharge, orThrow, refundableFen, refused } from '../orders/refundable.ts'
import { lockOrder } from '../orders/repository.ts'
import type { RefundRequestRow } from '../table.ts'
import { decide, insertRequest } from './repository.ts'
import { viewRefund, viewRequest } from './view.ts'

/**
 * A shopper asks for money back. Sums that the shop lets go by themselves become a refund at once, the others wait for
 * the shop's word. One open request per order.
 */
export async function requestRefund(
  ctx: ShopperCtx & RequestInfo,
  input: ParsedInputOf<typeof refunds.requestRefund>,
): Promise<refunds.RefundProgress> {
  await getOwnOrder(ctx, input.id)
  const progress = await once(ctx, input, async (tx) => {
    const order = await lockOrder(tx, input.id)
    const charge = await lockPaidCharge(tx, order)
    await refuseSecond(tx, order.id)
    const amountFen = input.amountFen ?? refundableFen(charge)
    const refusal = whyNoRefund({ charge, amountFen }, ctx.clock.now())
    if (refusal) throw refused(refusal)
    const wanted = { orderId: order.id, amountFen, reason: input.reason }
    const request = await insertRequest(tx, wanted, ctx.clock.now())
    return goesByItself(ctx, charge, amountFen) ? approveItself(tx, ctx, charge, request) : viewRequest(request)
  })
  ctx.wake()
  return progress
}

/** Nobody has answered it, or a second person has still to. */
async function refuseSecond(tx: Tx, orderId: string): Promise<void> {
  const open = await tx
    .selectFrom('refund_request')
    .select('id')
    .where('order_id', '=', orderId)
    .where('state', '=', 'requested')
    .executeTakeFirst()
  const proposed = (await listRefundsOf(tx, 'order', orderId)).some(
    ({ cause, state }) => cause === 'shopper' && state === 'proposed',
  )
  if (open || proposed) throw new AppError('REFUND_ALREADY_REQUESTED', '已经申请过退款，请等商家处理')
}

/**
 * Counted over all refunds of the order: many small requests are as much as a large one. What a second person would have
 * to approve never goes without the first, whatever the settings say.
 */
const goesByItself = ({ config }: ShopperCtx, charge: Charge, amountFen: number): boolean =>
  charge.refund_reserved_fen + amountFen <= Math.min(config.refundAutoApproveFen, config.refundApprovalAboveFen)

async function approveItself(
  tx: Tx,
  ctx: ShopperCtx,
  charge: Charge,
  request: RefundRequestRow,
): Promise<refunds.RefundProgress> {
  const { amount_fen: amountFen, reason } = request
  const wanted = { charge, amountFen, cause: 'shopper', reason, requestedBy: null, state: 'waiting' } as const
  const refund = orThrow(await reserveRefund(tx, wanted, ctx.clock.now()))
  await decide(tx, request, { state: 'approved', refundId: refund.id, by: null }, ctx.clock.now())
  return viewRefund(refund)
}
