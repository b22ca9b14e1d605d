import type { refunds } from '@shouyin/contracts/merchant'
import type { ParsedInputOf } from '@shouyin/contracts/route'
import type { MerchantCtx, RequestInfo } from '../../kernel/context.ts'
import type { Tx } from '../../kernel/db.ts'
import { AppError } from '../../kernel/errors.ts'
import { once } from '../../kernel/idempotency.ts'
import { findChargeByNumber, lockCharge } from '../../ledger/repository.ts'
import type { Charge } from '../../ledger/table.ts'
import { proposeRefund } from './propose.ts'
import { submitNow } from './submit.ts'
import { viewRefund } from './view.ts'

/**
 * Refunds whatever was collected, for a lesson or a card as well as for an order, by the rules of `createRefund`.
 * @throws AppError CHARGE_NOT_FOUND, CHARGE_NOT_PAID, REFUND_EXCEEDS_ORDER, REFUND_COUNT_EXCEEDED, REFUND_TOO_LATE
 */
export async function refundCharge(
  ctx: MerchantCtx & RequestInfo,
  input: ParsedInputOf<typeof refunds.refundCharge>,
): Promise<refunds.Refund> {
  const { mchid } = ctx.config
  const found = await findChargeByNumber(ctx.db, { mchid, number: input.number })
  if (!found) {
    const text = 'nothing was collected under this 商户订单号, 商户服务订单号, 商户领卡号 or 微信订单号'
    throw new AppError('CHARGE_NOT_FOUND', text, { field: 'number' })
  }
  const { id } = await once(ctx, input, async (tx) => proposeRefund(tx, ctx, await lockPaid(tx, found), input))
  await submitNow(ctx, id)
  return viewRefund(ctx.db, id)
}

async function lockPaid(tx: Tx, { id }: Charge): Promise<Charge> {
  const charge = await lockCharge(tx, id)
  if (charge.state === 'succeeded') return charge
  throw new AppError('CHARGE_NOT_PAID', `this sum is ${charge.state}, not collected: there is nothing to give back`, {
    field: 'number',
  })
}
