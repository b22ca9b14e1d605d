import type { refunds } from '@shouyin/contracts/merchant'
import type { MerchantCtx, RequestInfo } from '../../kernel/context.ts'
import { inTransaction } from '../../kernel/db.ts'
import { AppError } from '../../kernel/errors.ts'
import { lockWithCharge, moveRefund, recountRefunds } from '../../ledger/refunds.ts'
import type { Refund } from '../../ledger/table.ts'
import { audit } from './audit.ts'
import { findAnyRefund } from './get.ts'
import { queryRefund } from './query.ts'
import { endTurn, isTurn, takeTurn } from './turn.ts'
import { viewRefund } from './view.ts'

const RETRY_AFTER_SECONDS = 5

/**
 * Gives up a refund that WeChat Pay never accepted. It says so now, while nobody can be sending; should it have it after
 * all, its word counts and the refund goes on.
 * @throws AppError REFUND_NOT_FOUND, REFUND_UNDER_WAY, WECHATPAY_UNAVAILABLE
 */
export async function withdrawRefund(ctx: MerchantCtx & RequestInfo, input: { id: string }): Promise<refunds.Refund> {
  const { id } = await findAnyRefund(ctx, input.id)
  const refund = await inTransaction(ctx.db, (tx) => takeTurn(tx, { id, state: 'waiting', now: ctx.clock.now() }))
  if (!refund) throw underWay()
  try {
    const answer = refund.request === null ? 'absent' : await queryRefund(ctx, refund)
    if (answer === 'applied') throw underWay()
    if (answer === 'unknown') {
      throw new AppError('WECHATPAY_UNAVAILABLE', 'WeChat Pay cannot say whether it has this refund; try again', {
        retryAfterSeconds: RETRY_AFTER_SECONDS,
      })
    }
    await giveUp(ctx, refund)
  } finally {
    await endTurn(ctx, refund)
  }
  return viewRefund(ctx.db, id)
}

async function giveUp(ctx: MerchantCtx & RequestInfo, turn: Refund): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const { refund, charge } = await lockWithCharge(tx, turn)
    if (refund.state !== 'waiting' || !isTurn(refund, turn)) throw underWay()
    await moveRefund(tx, refund, { state: 'withdrawn', next_query_at: null })
    await recountRefunds(tx, charge.id)
    await audit(tx, ctx, 'refund.withdraw', refund.id, { amountFen: refund.amount_fen, problem: refund.problem })
  })
}

const underWay = (): AppError =>
  new AppError(
    'REFUND_UNDER_WAY',
    'only a refund that is waiting, and that nobody is sending, can be withdrawn; decline one that is proposed',
  )
