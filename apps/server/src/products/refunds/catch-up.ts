import type { Ctx } from '../../kernel/context.ts'
import { inTransaction } from '../../kernel/db.ts'
import { lookAfter } from '../../kernel/look-after.ts'
import { claimDueRefunds } from '../../ledger/claim-due-refunds.ts'
import type { Refund } from '../../ledger/table.ts'
import { noteProblem } from './note-problem.ts'
import { queryRefund } from './query.ts'
import { type Submitted, submitRefund } from './submit.ts'

/** WeChat Pay takes 150 refunds a second, but only six calls that fail. */
const AT_ONCE = 3
/** Two rounds: while WeChat Pay does not answer, a longer batch would hold up a process that is to stop. */
const BATCH = 2 * AT_ONCE
const SLOW_MS = 3 * 86_400_000

/**
 * The second net: sends what waits, and asks WeChat Pay about what is under way. Several processes may sweep at once; a
 * crash only delays, because a claimed refund comes due again.
 * @returns how many it looked at; call again until 0
 */
export async function catchUp(ctx: Ctx): Promise<number> {
  const now = ctx.clock.now()
  const due = await inTransaction(ctx.db, (tx) => claimDueRefunds(tx, { now, limit: BATCH }))
  for (let i = 0; i < due.length; i += AT_ONCE) {
    // A call that failed counts: the next ones wait, whether or not there are more.
    await lookAfter(ctx, due.slice(i, i + AT_ONCE), async (refund) => !(await catchUpRefund(ctx, refund)), {
      goesOn: true,
    })
  }
  return due.length
}

/** @returns true when a call failed */
async function catchUpRefund(ctx: Ctx, refund: Refund): Promise<boolean> {
  if (refund.state === 'waiting') {
    const answer = refund.request === null ? 'absent' : await queryRefund(ctx, refund)
    return answer === 'absent' ? failed(await submitRefund(ctx, refund.id)) : answer === 'unknown'
  }
  const answer = await queryRefund(ctx, refund)
  if (answer === 'absent') {
    await noteProblem(ctx, refund, { problem: 'RESOURCE_NOT_EXISTS', alarm: 'refund_unknown_to_wechat' })
  } else if (isSlow(refund, ctx.clock.now())) {
    await noteProblem(ctx, refund, { problem: 'PROCESSING_FOR_DAYS', alarm: 'refund_slow' })
  }
  return answer !== 'applied'
}

const failed = (submitted: Submitted): boolean => submitted === 'refused' || submitted === 'unknown'

const isSlow = ({ state, accepted_at }: Refund, now: Date): boolean =>
  state === 'processing' && accepted_at !== null && now.getTime() - accepted_at.getTime() > SLOW_MS
