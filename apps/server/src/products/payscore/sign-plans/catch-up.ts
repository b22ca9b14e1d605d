import type { Ctx } from '../../../kernel/context.ts'
import { inTransaction, type Tx } from '../../../kernel/db.ts'
import { lookAfter } from '../../../kernel/look-after.ts'
import { takeTurn } from '../../../kernel/turn.ts'
import { lockSignPlan } from '../repository.ts'
import { BATCH, nextSignPlanQueryAt } from '../schedule.ts'
import type { SignPlan } from '../table.ts'
import { askPackage } from './ask-package.ts'
import { querySignPlan } from './query.ts'
import { sendSignPlanStop } from './send-stop.ts'

/** Sign plans of which WeChat Pay may say something new. @returns how many were due */
export async function catchUpSignPlans(ctx: Ctx): Promise<number> {
  const due = await inTransaction(ctx.db, (tx) => claimDueSignPlans(tx, ctx.clock.now()))
  return lookAfter(
    ctx,
    due,
    async (signPlan) => !['absent', 'unknown'].includes(await catchUpSignPlan(ctx, signPlan)),
    { goesOn: due.length === BATCH },
  )
}

/** Takes sign plans whose time has come, and sets their next one: nobody else takes them meanwhile. */
async function claimDueSignPlans(tx: Tx, now: Date): Promise<readonly SignPlan[]> {
  const due = await tx
    .selectFrom('sign_plan')
    .selectAll()
    .where('next_query_at', '<=', now)
    .orderBy('next_query_at')
    .limit(BATCH)
    .forUpdate()
    .skipLocked()
    .execute()
  for (const signPlan of due) {
    await tx
      .updateTable('sign_plan')
      .set({ next_query_at: nextSignPlanQueryAt(signPlan, now), query_count: signPlan.query_count + 1 })
      .where('id', '=', signPlan.id)
      .execute()
  }
  return due
}

function catchUpSignPlan(ctx: Ctx, signPlan: SignPlan): Promise<string> {
  if (signPlan.stop_reason !== null) return sendSignPlanStop(ctx, signPlan.id)
  return signPlan.state === 'creating' ? goOn(ctx, signPlan) : querySignPlan(ctx, signPlan)
}

/** Whoever was making it is gone, or got no answer. */
async function goOn(ctx: Ctx, { id }: SignPlan): Promise<string> {
  const turn = await inTransaction(ctx.db, async (tx) => {
    const signPlan = await lockSignPlan(tx, id)
    return signPlan.state === 'creating' ? takeTurn(tx, 'sign_plan', signPlan, ctx.clock.now()) : undefined
  })
  return turn ? askPackage(ctx, { signPlan: turn, isNew: false }) : 'unknown'
}
