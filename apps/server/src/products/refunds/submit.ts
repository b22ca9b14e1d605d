import { WechatPayError } from '@shouyin/wechatpay-core'
import { findRemedy } from '@shouyin/wechatpay-core/catalogue'
import { endpoints } from '@shouyin/wechatpay-core/refunds'
import type { Ctx } from '../../kernel/context.ts'
import { inTransaction, type Tx } from '../../kernel/db.ts'
import type { Refund } from '../../ledger/table.ts'
import { applyAnswer } from './apply-evidence.ts'
import { noteProblem } from './note-problem.ts'
import { refusalOf } from './refusal.ts'
import { type CreateBody, createBody } from './request.ts'
import { endTurn, takeTurn } from './turn.ts'

/** `refused`: WeChat Pay says that it did nothing. `unknown`: it may have it, so it is asked before the next attempt. */
export type Submitted = 'accepted' | 'refused' | 'unknown' | 'nothing to do'

/**
 * 退款申请 for a refund that waits: always with the same number and the same bytes, committed before the first call, so
 * that any number of attempts make one refund. Nothing that comes back unsigned ends it.
 */
export async function submitRefund(ctx: Ctx, id: string): Promise<Submitted> {
  const turn = await inTransaction(ctx.db, (tx) => intend(tx, ctx, id))
  if (!turn) return 'nothing to do'
  const { refund, body } = turn
  try {
    const answer = await ctx.wechat(refund.mchid).call(endpoints.create, { body })
    return (await applyAnswer(ctx, refund, answer)) ? 'accepted' : 'unknown'
  } catch (error) {
    if (!(error instanceof WechatPayError)) throw error
    return afterFailure(ctx, refund, error)
  } finally {
    await endTurn(ctx, refund)
  }
}

async function intend(tx: Tx, ctx: Ctx, id: string): Promise<{ refund: Refund; body: CreateBody } | undefined> {
  const refund = await takeTurn(tx, { id, state: 'waiting', now: ctx.clock.now() })
  if (!refund) return undefined
  if (refund.request !== null) return { refund, body: JSON.parse(refund.request) as CreateBody }
  const charge = await tx.selectFrom('charge').selectAll().where('id', '=', refund.charge_id).executeTakeFirstOrThrow()
  const body = createBody(refund, charge, ctx.config.notifyBaseUrl)
  await tx
    .updateTable('refund')
    .set({ request: JSON.stringify(body) })
    .where('id', '=', id)
    .execute()
  return { refund, body }
}

/** Decided by outcome, status and code, never by the message. 429 also means that it is being accepted right now. */
async function afterFailure(ctx: Ctx, refund: Refund, error: WechatPayError): Promise<Submitted> {
  const { code, outcome, status, apiCode, requestId } = error
  const { mchid, out_refund_no: outRefundNo } = refund
  const detail = { mchid, outRefundNo, code, outcome, status, apiCode, wechatRequestId: requestId }
  ctx.log.warn(detail, 'a refund was not accepted')
  const problem = refusalOf(error)
  if (problem === undefined) return 'unknown'
  const remedy = findRemedy({ where: 'api', status, code: problem, requestId })?.remedy
  await noteProblem(ctx, refund, { problem, alarm: 'refund_refused', remedy })
  return outcome === 'unknown' ? 'unknown' : 'refused'
}

/** One attempt at once, for somebody who waits for the answer. Whatever comes of it, the sweep goes on. */
export async function submitNow(ctx: Ctx, id: string): Promise<void> {
  try {
    const { request } = await ctx.db
      .selectFrom('refund')
      .select('request')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    // Sent before: WeChat Pay is asked first, by the sweep.
    if (request === null) await submitRefund(ctx, id)
  } catch (err) {
    ctx.log.error({ err }, 'a refund could not be sent now; it is sent later')
  }
}
