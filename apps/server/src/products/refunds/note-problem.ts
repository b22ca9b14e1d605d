import type { Ctx } from '../../kernel/context.ts'
import { nextRefundQueryAt } from '../../ledger/refund-schedule.ts'
import type { Refund } from '../../ledger/table.ts'

interface Problem {
  /** WeChat's code, or a word of ours: docs/refunds.md explains each. */
  readonly problem: string
  readonly alarm: 'refund_refused' | 'refund_slow' | 'refund_unknown_to_wechat'
  readonly remedy?: string | undefined
}

/**
 * Remembers why a refund does not go on, and raises the alarm when that is news. It stays in its state and is tried
 * again, more and more rarely.
 */
export async function noteProblem(ctx: Ctx, refund: Refund, { problem, alarm, remedy }: Problem): Promise<void> {
  const soonest = {
    query_count: 0,
    next_query_at: nextRefundQueryAt({ state: refund.state, problem, query_count: 0 }, ctx.clock.now()),
  }
  const { numUpdatedRows } = await ctx.db
    .updateTable('refund')
    .set({ problem, ...(refund.state === 'waiting' && soonest) })
    .where('id', '=', refund.id)
    .where('state', '=', refund.state)
    .where('problem', 'is distinct from', problem)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) return
  const { mchid, out_refund_no: outRefundNo, amount_fen: amountFen, cause } = refund
  ctx.alarm(alarm, { mchid, outRefundNo, amountFen, cause, problem, remedy })
}
