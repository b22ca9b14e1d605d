import { claimDue } from '../../../kernel/claim-due.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { inTransaction } from '../../../kernel/db.ts'
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
  const now = ctx.clock.now()
  const due = await inTransaction(ctx.db, (tx) =>
    claimDue(tx, 'sign_plan', { now, limit: BATCH, nextQueryAt: (signPlan) => nextSignPlanQueryAt(signPlan, now) }),
  )
  return lookAfter(
    ctx,
    due,
    async (signPlan) => !['absent', 'unknown'].includes(await catchUpSignPlan(ctx, signPlan)),
    { goesOn: due.length === BATCH },
  )
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
