import { WechatPayError } from '@shouyin/wechatpay-core'
import { endpoints } from '@shouyin/wechatpay-core/payments'
import type { Ctx } from '../../kernel/context.ts'
import { AppError } from '../../kernel/errors.ts'
import type { Evidence } from '../../ledger/compare.ts'
import { toEvidence } from '../../ledger/payment-evidence.ts'
import { findLiveCharge } from '../../ledger/repository.ts'
import { settlePayment } from '../../ledger/settle-payment.ts'
import type { Charge } from '../../ledger/table.ts'

const RETRY_AFTER_SECONDS = 3

/**
 * Before an order counts as unpaid, WeChat Pay is asked: its notification may be lost or late.
 * @throws AppError WECHATPAY_UNAVAILABLE when it cannot be asked
 */
export async function settleLostPayment(ctx: Ctx, orderId: string): Promise<void> {
  const charge = await findLiveCharge(ctx.db, 'order', orderId)
  if (!charge) return
  const evidence = await ask(ctx, charge)
  if (evidence?.outTradeNo === charge.out_trade_no) await settlePayment(ctx, evidence)
}

async function ask(ctx: Ctx, { mchid, out_trade_no }: Charge): Promise<Evidence | undefined> {
  try {
    const answer = await ctx
      .wechat(mchid)
      .call(endpoints.queryByOutTradeNo, { path: { out_trade_no }, query: { mchid } })
    // REFUND is evidence of payment as SUCCESS is.
    return /^(SUCCESS|REFUND)$/.test(answer.trade_state) ? toEvidence(answer, 'query') : undefined
  } catch (error) {
    if (!(error instanceof WechatPayError)) throw error
    if (error.status === 404) return undefined
    throw new AppError('WECHATPAY_UNAVAILABLE', 'WeChat Pay cannot say whether this order is paid; try again', {
      retryAfterSeconds: RETRY_AFTER_SECONDS,
    })
  }
}
