import type { refunds } from '@shouyin/contracts/merchant'
import type { ParsedInputOf } from '@shouyin/contracts/route'
import { WechatPayError } from '@shouyin/wechatpay-core'
import type { RequestOf } from '@shouyin/wechatpay-core/contract'
import { endpoints } from '@shouyin/wechatpay-core/refunds'
import type { MerchantCtx, RequestInfo } from '../../kernel/context.ts'
import { inTransaction, type Tx } from '../../kernel/db.ts'
import { AppError } from '../../kernel/errors.ts'
import { lockRefund, moveRefund } from '../../ledger/refunds.ts'
import type { Refund } from '../../ledger/table.ts'
import { applyAnswer } from './apply-evidence.ts'
import { audit } from './audit.ts'
import { findAnyRefund } from './get.ts'
import { queryRefund } from './query.ts'
import { refusalOf } from './refusal.ts'
import { endTurn, isTurn, takeTurn } from './turn.ts'
import { viewRefund } from './view.ts'

type Input = ParsedInputOf<typeof refunds.sendAbnormalRefund>

/**
 * 发起异常退款: to another card, when the shopper's account did not take the money. Card and name pass through: core
 * encrypts them, nothing here keeps or prints them. Who proposed a large refund does not choose the card for it.
 * @throws AppError REFUND_NOT_FOUND, SAME_PERSON, REFUND_NOT_ABNORMAL, WECHATPAY_REFUSED, WECHATPAY_UNAVAILABLE
 */
export async function sendAbnormalRefund(ctx: MerchantCtx & RequestInfo, input: Input): Promise<refunds.Refund> {
  const { id, needs_approval, requested_by } = await findAnyRefund(ctx, input.id)
  if (needs_approval && requested_by === ctx.merchant.person) {
    throw new AppError('SAME_PERSON', 'who proposed this refund does not send it elsewhere; another person has to')
  }
  const turn = await inTransaction(ctx.db, (tx) => takeTurn(tx, { id, state: 'abnormal', now: ctx.clock.now() }))
  if (!turn) throw notAbnormal()
  try {
    // What was sent before may be under way by now: only WeChat Pay knows.
    if ((await queryRefund(ctx, turn)) !== 'applied') throw unavailable()
    await inTransaction(ctx.db, (tx) => intend(tx, ctx, turn, input.type))
    const [path, body] = [{ refund_id: turn.refund_id ?? '' }, toBody(turn, input)]
    await applyAnswer(ctx, turn, await ctx.wechat(turn.mchid).call(endpoints.applyAbnormal, { path, body }))
  } catch (error) {
    throw error instanceof WechatPayError ? explain(ctx, turn, error) : error
  } finally {
    await endTurn(ctx, turn)
  }
  return viewRefund(ctx.db, id)
}

/** Committed before WeChat Pay hears of it. */
async function intend(tx: Tx, ctx: MerchantCtx & RequestInfo, turn: Refund, type: Input['type']): Promise<void> {
  const refund = await lockRefund(tx, turn.id)
  if (refund.state !== 'abnormal' || !isTurn(refund, turn)) throw notAbnormal()
  await moveRefund(tx, refund, { resent_at: ctx.clock.now() })
  await audit(tx, ctx, 'refund.abnormal', turn.id, { type })
}

function toBody({ out_refund_no }: Refund, input: Input): RequestOf<typeof endpoints.applyAbnormal>['body'] {
  if (input.type === 'MERCHANT_BANK_CARD') return { type: input.type, out_refund_no }
  const { type, bankType, bankAccount, realName } = input
  return { type, out_refund_no, bank_type: bankType, bank_account: bankAccount, real_name: realName }
}

/** Nothing of the message, which may have been made of the input. */
function explain({ log }: MerchantCtx, { mchid, out_refund_no }: Refund, error: WechatPayError): AppError {
  const { code, outcome, status, apiCode, requestId } = error
  const detail = { mchid, outRefundNo: out_refund_no, code, outcome, status, apiCode, wechatRequestId: requestId }
  log.warn(detail, 'a refund was not sent to a card')
  const refusal = refusalOf(error)
  return refusal === undefined
    ? unavailable()
    : new AppError('WECHATPAY_REFUSED', `WeChat Pay refused it: ${refusal}; see docs/refunds.md`, fieldOf(error))
}

const fields = new Map([
  ['/bank_type', 'bankType'],
  ['/bank_account', 'bankAccount'],
  ['/real_name', 'realName'],
])

/** Which of the inputs WeChat Pay names; its words about them stay out. */
function fieldOf({ apiDetail }: WechatPayError): { field?: string } {
  const isNamed = typeof apiDetail === 'object' && apiDetail !== null && 'field' in apiDetail
  const field = isNamed ? fields.get(String(apiDetail.field)) : undefined
  return field === undefined ? {} : { field }
}

const notAbnormal = (): AppError =>
  new AppError(
    'REFUND_NOT_ABNORMAL',
    'only a refund that is abnormal, and that nobody is sending, can be sent to a card',
  )

const unavailable = (): AppError =>
  new AppError('WECHATPAY_UNAVAILABLE', 'WeChat Pay did not answer; check the refund before you send it again', {
    retryAfterSeconds: 5,
  })
