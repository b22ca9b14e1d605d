import { WechatPayError } from '@shouyin/wechatpay-core'
import { endpoints, type schema } from '@shouyin/wechatpay-core/payments'
import type { Ctx } from '../../kernel/context.ts'
import { noteAnswer } from '../../ledger/note-answer.ts'
import { toEvidence } from '../../ledger/payment-evidence.ts'
import { type ChargeNumber, findCharge } from '../../ledger/repository.ts'
import { settlePayment } from '../../ledger/settle-payment.ts'
import type { Charge } from '../../ledger/table.ts'
import { finishClosing } from './finish-closing.ts'
import { distrustPrepayId } from './repository.ts'
import { type Finding, fromWechat } from './states.ts'

/** `absent`: WeChat Pay knows no such order. That answer is unsigned, so by itself it proves nothing final. */
export type Answer = Finding | 'absent'

/**
 * Asks WeChat Pay what became of a charge and applies what it says: paid settles, closed closes. Anything that is not
 * a signed answer about this very charge leaves it as it is, to be asked for again.
 */
export async function queryCharge(ctx: Ctx, charge: Charge): Promise<Answer> {
  const answer = await ask(ctx, charge)
  if (answer === 'absent') await distrustPrepayId(ctx.db, charge.id)
  if (answer === 'absent' || answer === undefined) {
    await noteAnswer(ctx.db, charge.id, answer === 'absent')
    return answer ?? 'unknown'
  }
  const said = fromWechat(answer.trade_state)
  const finding = said === 'paid' ? await settleAnswer(ctx, answer) : said
  if (finding === 'closed') await finishClosing(ctx, charge)
  const wasLive = await noteAnswer(ctx.db, charge.id, finding !== 'unknown')
  if (finding === 'unpaid' && !wasLive) ctx.log.warn({ outTradeNo: charge.out_trade_no }, 'late NOTPAY refused')
  return finding
}

/** The same, where only the number is known. */
export async function queryByNumber(ctx: Ctx, number: ChargeNumber): Promise<Answer> {
  const charge = await findCharge(ctx.db, number)
  return charge ? queryCharge(ctx, charge) : 'unknown'
}

async function settleAnswer(ctx: Ctx, answer: schema.Transaction): Promise<Finding> {
  const evidence = toEvidence(answer, 'query')
  if (!evidence) {
    ctx.alarm('evidence_incomplete', { outTradeNo: answer.out_trade_no, tradeState: answer.trade_state })
    return 'unknown'
  }
  const settled = await settlePayment(ctx, evidence)
  return settled.kind === 'refused' ? 'unknown' : 'paid'
}

/** The signed answer about this charge; undefined when there was none. */
async function ask(ctx: Ctx, charge: Charge): Promise<schema.Transaction | 'absent' | undefined> {
  const { mchid, out_trade_no } = charge
  try {
    const answer = await ctx
      .wechat(mchid)
      .call(endpoints.queryByOutTradeNo, { path: { out_trade_no }, query: { mchid } })
    if (answer.out_trade_no === out_trade_no && answer.mchid === mchid) return answer
    // Rightly signed, but about another order: a signature does not name its question.
    ctx.alarm('answer_to_another_question', { outTradeNo: out_trade_no, answered: answer.out_trade_no })
    return undefined
  } catch (error) {
    if (!(error instanceof WechatPayError)) throw error
    if (error.status === 404 && error.apiCode === 'ORDER_NOT_EXIST') return 'absent'
    const { code, status, apiCode, requestId } = error
    ctx.log.warn({ outTradeNo: out_trade_no, code, status, apiCode, wechatRequestId: requestId }, 'query unanswered')
    return undefined
  }
}
