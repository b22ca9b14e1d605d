import { setTimeout as delay } from 'node:timers/promises'
import type { orders } from '@shouyin/contracts/shopper'
import type { ShopperCtx } from '../../kernel/context.ts'
import { inTransaction } from '../../kernel/db.ts'
import { AppError } from '../../kernel/errors.ts'
import { getOwnOrder } from '../../shop/orders/get.ts'
import { askPrepay } from './ask-prepay.ts'
import { takeTurn } from './take-turn.ts'

const PATIENCE_MS = 15_000
const POLL_MS = 100
const MAX_QUESTIONS = 3
const RETRY_AFTER_SECONDS = 3

/**
 * Parameters for `wx.requestPayment`. Every round reads the order anew, so a prepay_id is only handed out while its
 * charge is live and its order payable.
 * @throws AppError ORDER_PAID, ORDER_CLOSED, ORDER_EXPIRED; WECHATPAY_UNAVAILABLE when the outcome is unknown
 */
export async function startPayment(ctx: ShopperCtx, { id }: { id: string }): Promise<orders.PaymentParameters> {
  await getOwnOrder(ctx, id)
  const patience = AbortSignal.timeout(PATIENCE_MS)
  let questions = 0
  while (!patience.aborted && questions < MAX_QUESTIONS) {
    const turn = await inTransaction(ctx.db, (tx) => takeTurn(tx, ctx, id))
    if (turn.kind === 'ready') {
      const { mchid, appid } = turn.charge
      return ctx.wechat(mchid).paySign({ appid, prepayId: turn.prepayId })
    }
    if (turn.kind === 'wait') {
      await delay(POLL_MS)
      continue
    }
    questions++
    if ((await askPrepay(ctx, turn)) === 'unknown') break
  }
  throw new AppError('WECHATPAY_UNAVAILABLE', '微信支付暂时没有答复，请稍后再试', {
    retryAfterSeconds: RETRY_AFTER_SECONDS,
  })
}
