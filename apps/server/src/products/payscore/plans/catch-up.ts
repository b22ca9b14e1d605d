import { claimDue } from '../../../kernel/claim-due.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { inTransaction } from '../../../kernel/db.ts'
import { lookAfter } from '../../../kernel/look-after.ts'
import { BATCH, nextQueryAt } from '../schedule.ts'
import type { Plan } from '../table.ts'
import { type Answer, queryPlan } from './query.ts'
import { sendPlanStop } from './send-stop.ts'
import { submitPlan } from './submit.ts'

/** Plans of which WeChat Pay has still to say that they exist, or that they are stopped. @returns how many were due */
export async function catchUpPlans(ctx: Ctx): Promise<number> {
  const now = ctx.clock.now()
  const due = await inTransaction(ctx.db, (tx) =>
    claimDue(tx, 'plan', { now, limit: BATCH, nextQueryAt: ({ query_count }) => nextQueryAt(query_count, now) }),
  )
  return lookAfter(ctx, due, async (plan) => !['absent', 'unknown'].includes(await catchUpPlan(ctx, plan)), {
    goesOn: due.length === BATCH,
  })
}

async function catchUpPlan(ctx: Ctx, plan: Plan): Promise<Answer> {
  if (plan.state === 'stopping') return sendPlanStop(ctx, plan.id)
  const answer = await queryPlan(ctx, plan)
  return answer === 'absent' ? submitPlan(ctx, plan.id) : answer
}
