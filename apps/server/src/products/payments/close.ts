import { WechatPayError } from '@shouyin/wechatpay-core'
import { endpoints } from '@shouyin/wechatpay-core/payments'
import type { Ctx } from '../../kernel/context.ts'
import type { Charge } from '../../ledger/table.ts'
import { finishClosing } from './finish-closing.ts'
import { queryCharge } from './query.ts'
import { findPrepay } from './repository.ts'

/**
 * Closes a charge that is marked `closing`: ask, close at WeChat Pay, ask again. Only its own signed answer is final;
 * whatever else comes back, the sweep tries again.
 */
export async function closeAtWechat(ctx: Ctx, charge: Charge): Promise<void> {
  const before = await queryCharge(ctx, charge)
  if (before === 'absent') return abandon(ctx, charge)
  if (before !== 'unpaid') return
  await sendClose(ctx, charge)
  await queryCharge(ctx, charge)
}

/** Its answer is not believed either way: a 204 may lie, and an error may mean paid, closed or too early. */
export async function sendClose(ctx: Ctx, { mchid, out_trade_no }: Charge): Promise<void> {
  try {
    await ctx.wechat(mchid).call(endpoints.close, { path: { out_trade_no }, body: { mchid } })
  } catch (error) {
    if (!(error instanceof WechatPayError)) throw error
    const { code, status, apiCode, requestId } = error
    ctx.log.warn({ outTradeNo: out_trade_no, code, status, apiCode, wechatRequestId: requestId }, 'close refused')
  }
}

/**
 * WeChat Pay knows no such order. An unsigned answer closes nothing that somebody could pay; but where no prepay_id
 * ever came to us and nobody is fetching one, there is nothing to pay with.
 */
async function abandon(ctx: Ctx, charge: Charge): Promise<void> {
  const { prepay_id, asking_until } = await findPrepay(ctx.db, charge.id)
  if (prepay_id !== null) {
    ctx.alarm('charge_unknown_to_wechat', { mchid: charge.mchid, outTradeNo: charge.out_trade_no })
    return
  }
  if (asking_until === null || asking_until <= ctx.clock.now()) await finishClosing(ctx, charge)
}
