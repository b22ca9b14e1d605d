import type { plans } from '@shouyin/contracts/merchant'
import type { Kysely } from 'kysely'
import type { Database } from '../../../database.ts'
import { findPlanById, listPlanLessons } from '../repository.ts'
import type { Plan } from '../table.ts'
import { describePlan } from './view.ts'

/** What the shop sees of these plans, in their order. */
export async function viewMerchantPlans(db: Kysely<Database>, rows: readonly Plan[]): Promise<plans.MerchantPlan[]> {
  const ids = rows.map((row) => row.id)
  const [lessons, counts] = [await listPlanLessons(db, ids), await countSigned(db, ids)]
  return rows.map((row) => ({
    ...describePlan(
      row,
      lessons.filter((lesson) => lesson.plan_id === row.id),
    ),
    state: row.state,
    merchantPlanNo: row.merchant_plan_no,
    planId: row.plan_id,
    problem: row.problem,
    signedCount: counts.get(row.id) ?? 0,
    createdAt: row.created_at.toISOString(),
    stoppedAt: row.stopped_at?.toISOString() ?? null,
  }))
}

export async function viewMerchantPlan(db: Kysely<Database>, id: string): Promise<plans.MerchantPlan> {
  const [plan] = await viewMerchantPlans(db, [await findPlanById(db, id)])
  if (!plan) throw new Error(`plan ${id} has no view`)
  return plan
}

/** How many have ever signed each of them. */
async function countSigned(db: Kysely<Database>, planIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (planIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('sign_plan')
    .select((eb) => ['plan_id', eb.fn.countAll<number>().as('count')])
    .where('plan_id', 'in', planIds)
    .where('signed_at', 'is not', null)
    .groupBy('plan_id')
    .execute()
  return new Map(rows.map(({ plan_id, count }) => [plan_id, count]))
}
