import type { Ctx } from '../../../kernel/context.ts'
import { findSignPlanById } from '../repository.ts'
import { querySignPlan } from '../sign-plans/query.ts'
import type { Lesson } from '../table.ts'

/** As the problem of a lesson that could not begin. */
export const NOT_SIGNED = 'SIGN_PLAN_NOT_SIGNED'

/** Asks WeChat Pay before a lesson begins: the shopper may have ended the plan a moment ago. */
export async function isSigned(ctx: Ctx, { sign_plan_id }: Lesson): Promise<boolean | 'unknown'> {
  const answer = await querySignPlan(ctx, await findSignPlanById(ctx.db, sign_plan_id))
  if (answer === 'unknown' || answer === 'absent') return 'unknown'
  return (await findSignPlanById(ctx.db, sign_plan_id)).state === 'signed'
}
