import { WechatPayError } from '@shouyin/wechatpay-core'
import { endpoints } from '@shouyin/wechatpay-core/payments'
import type { Ctx } from '../../kernel/context.ts'
import type { Charge } from '../../ledger/table.ts'
import { finishClosing } from './finish-closing.ts'
import { type Answer, queryCharge } from './query.ts'
import { findPrepay } from './repository.ts'
import type { CreateBody } from './request.ts'
import type { Prepay } from './table.ts'

/**
 * Closes a charge that is marked `closing`: ask, close at WeChat Pay, ask again. Only its own signed answer is final;
 * whatever else comes back, the sweep tries again.
 * @returns what WeChat Pay said last
 */
export async function closeAtWechat(ctx: Ctx, charge: Charge): Promise<Answer> {
  // Before the question: an order that is made after it was answered is none that WeChat Pay does not know.
  const prepay = await findPrepay(ctx.db, charge.id)
  const beingMade = prepay.asking_until !== null && prepay.asking_until > ctx.clock.now()
  const before = await queryCharge(ctx, charge)
  if (before === 'absent' && !beingMade) await closeUnknown(ctx, charge, prepay)
  if (before !== 'unpaid') return before
  await sendClose(ctx, charge)
  return queryCharge(ctx, charge)
}

/** Its answer is not believed either way: a 204 may lie, and an error may mean paid, closed or too early. */
export function sendClose(ctx: Ctx, charge: Charge): Promise<void> {
  const { mchid, out_trade_no } = charge
  return attempt(ctx, charge, endpoints.close.id, () =>
    ctx.wechat(mchid).call(endpoints.close, { path: { out_trade_no }, body: { mchid } }),
  )
}

/**
 * WeChat Pay knows no such order, but says so unsigned. Where no prepay_id ever came to us and nobody was fetching one,
 * there is nothing to pay with. Else it is told of the order once more, so that there is something to close.
 */
async function closeUnknown(ctx: Ctx, charge: Charge, { prepay_id, body }: Prepay): Promise<void> {
  if (prepay_id === null) return finishClosing(ctx, charge)
  ctx.alarm('charge_unknown_to_wechat', { mchid: charge.mchid, outTradeNo: charge.out_trade_no })
  await attempt(ctx, charge, endpoints.createJsapi.id, () =>
    ctx.wechat(charge.mchid).call(endpoints.createJsapi, { body: JSON.parse(body) as CreateBody }),
  )
}

async function attempt(ctx: Ctx, charge: Charge, endpoint: string, call: () => Promise<unknown>): Promise<void> {
  try {
    await call()
  } catch (error) {
    if (!(error instanceof WechatPayError)) throw error
    const { code, status, apiCode, requestId } = error
    const detail = { outTradeNo: charge.out_trade_no, endpoint, code, status, apiCode, wechatRequestId: requestId }
    ctx.log.warn(detail, 'WeChat Pay refused or did not answer')
  }
}
