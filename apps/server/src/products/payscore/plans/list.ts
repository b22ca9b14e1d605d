import type { plans } from '@shouyin/contracts/shopper'
import type { Ctx } from '../../../kernel/context.ts'
import { viewPlans } from './view.ts'

/** Everything that is on sale, newest first. */
export async function listPlans({ db }: Ctx): Promise<{ plans: plans.Plan[] }> {
  const rows = await db.selectFrom('plan').selectAll().where('state', '=', 'on_sale').orderBy('id', 'desc').execute()
  return { plans: await viewPlans(db, rows) }
}
