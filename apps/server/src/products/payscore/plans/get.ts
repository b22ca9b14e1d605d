import type { plans } from '@shouyin/contracts/shopper'
import type { Kysely } from 'kysely'
import type { Database } from '../../../database.ts'
import type { Ctx } from '../../../kernel/context.ts'
import { AppError } from '../../../kernel/errors.ts'
import { isUuid } from '../../../kernel/page.ts'
import { shownPlanStates } from '../states.ts'
import type { Plan } from '../table.ts'
import { viewPlans } from './view.ts'

/** A plan that is, or was, on sale. @throws AppError PLAN_NOT_FOUND */
export async function findShownPlan(db: Kysely<Database>, id: string): Promise<Plan> {
  const query = db.selectFrom('plan').selectAll().where('id', '=', id).where('state', 'in', shownPlanStates)
  const row = isUuid(id) ? await query.executeTakeFirst() : undefined
  if (!row) throw new AppError('PLAN_NOT_FOUND', '课程计划不存在')
  return row
}

export async function getPlan({ db }: Ctx, { id }: { id: string }): Promise<plans.Plan> {
  const [plan] = await viewPlans(db, [await findShownPlan(db, id)])
  if (!plan) throw new Error(`plan ${id} has no view`)
  return plan
}
