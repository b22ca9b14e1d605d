import type { Ctx } from '../../../kernel/context.ts'
import { inTransaction, type Tx } from '../../../kernel/db.ts'
import { lookAfter } from '../../../kernel/look-after.ts'
import { BATCH, nextQueryAt } from '../schedule.ts'
import type { Plan } from '../table.ts'
import { type Answer, queryPlan } from './query.ts'
import { sendPlanStop } from './send-stop.ts'
import { submitPlan } from './submit.ts'

/** Plans of which WeChat Pay has still to say that they exist, or that they are stopped. @returns how many were due */
export async function catchUpPlans(ctx: Ctx): Promise<number> {
  const due = await inTransaction(ctx.db, (tx) => claimDuePlans(tx, ctx.clock.now()))
  return lookAfter(ctx, due, async (plan) => !['absent', 'unknown'].includes(await catchUpPlan(ctx, plan)), {
    goesOn: due.length === BATCH,
  })
}

/** Takes plans whose time has come, and sets their next one: nobody else takes them meanwhile. */
async function claimDuePlans(tx: Tx, now: Date): Promise<readonly Plan[]> {
  const due = await tx
    .selectFrom('plan')
    .selectAll()
    .where('next_query_at', '<=', now)
    .orderBy('next_query_at')
    .limit(BATCH)
    .forUpdate()
    .skipLocked()
    .execute()
  for (const { id, query_count } of due) {
    await tx
      .updateTable('plan')
      .set({ next_query_at: nextQueryAt(query_count, now), query_count: query_count + 1 })
      .where('id', '=', id)
      .execute()
  }
  return due
}

async function catchUpPlan(ctx: Ctx, plan: Plan): Promise<Answer> {
  if (plan.state === 'stopping') return sendPlanStop(ctx, plan.id)
  const answer = await queryPlan(ctx, plan)
  return answer === 'absent' ? submitPlan(ctx, plan.id) : answer
}
