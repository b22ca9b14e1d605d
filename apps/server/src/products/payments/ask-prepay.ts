import { WechatPayError } from '@shouyin/wechatpay-core'
import { endpoints } from '@shouyin/wechatpay-core/payments'
import type { Ctx } from '../../kernel/context.ts'
import type { Asked } from '../../kernel/until-ready.ts'
import { noteAnswer } from '../../ledger/note-answer.ts'
import type { Charge } from '../../ledger/table.ts'
import { sendClose } from './close.ts'
import { queryCharge } from './query.ts'
import { endAskingTurn, storePrepayId } from './repository.ts'
import type { CreateBody } from './request.ts'
import type { Asking } from './take-turn.ts'

/** 小程序下单 with the committed request, byte for byte. What came back is read from the database, by every tap. */
export async function askPrepay(ctx: Ctx, { charge, body, askingUntil }: Asking): Promise<Asked> {
  try {
    const { prepay_id } = await ctx
      .wechat(charge.mchid)
      .call(endpoints.createJsapi, { body: JSON.parse(body) as CreateBody })
    const stored = await storePrepayId(ctx.db, charge.id, { prepayId: prepay_id, madeAt: ctx.clock.now(), askingUntil })
    // Closed while WeChat Pay was thinking: nobody gets this prepay_id, and nothing may stay payable there.
    if (!stored) await sendClose(ctx, charge)
    return 'again'
  } catch (error) {
    try {
      return await afterFailure(ctx, charge, error)
    } finally {
      await endAskingTurn(ctx.db, charge.id, askingUntil)
    }
  }
}

/** Decided by outcome, status and code, never by the message. */
async function afterFailure(ctx: Ctx, charge: Charge, error: unknown): Promise<Asked> {
  if (!(error instanceof WechatPayError)) throw error
  const { code, outcome, status, apiCode, requestId } = error
  const detail = { mchid: charge.mchid, outTradeNo: charge.out_trade_no, code, outcome, status, apiCode }
  ctx.log.warn({ ...detail, wechatRequestId: requestId }, 'prepay failed')
  if (outcome === 'unknown') await noteAnswer(ctx.db, charge.id, false)
  if (outcome === 'unknown' || status === 429) return 'unknown'

  // "Already paid" and "already closed" hide behind several codes: the signed answer to a query tells.
  const answer = await queryCharge(ctx, charge)
  if (answer === 'paid' || answer === 'closed') return 'again'
  ctx.alarm('prepay_refused', detail)
  return 'unknown'
}
