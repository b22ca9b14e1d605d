import type { plans } from '@shouyin/contracts/merchant'
import type { Kysely } from 'kysely'
import type { Database } from '../../../database.ts'
import { viewMerchantLessons } from '../lessons/merchant-view.ts'
import { findSignPlanById, listLessons } from '../repository.ts'
import type { SignPlan } from '../table.ts'
import { viewSignPlans } from './view.ts'

/** What the shop sees of these sign plans, in their order. */
export async function viewMerchantSignPlans(
  db: Kysely<Database>,
  rows: readonly SignPlan[],
): Promise<plans.MerchantSignPlan[]> {
  const views = await viewSignPlans(db, rows)
  const ids = rows.map((row) => row.id)
  const lessons = await viewMerchantLessons(db, await listLessons(db, ids))
  return rows.flatMap((row, i) => {
    const view = views[i]
    if (!view) return []
    return { ...view, ...numbersOf(row), lessons: lessons.filter(({ signPlanId }) => signPlanId === row.id) }
  })
}

export async function viewMerchantSignPlan(db: Kysely<Database>, id: string): Promise<plans.MerchantSignPlan> {
  const [signPlan] = await viewMerchantSignPlans(db, [await findSignPlanById(db, id)])
  if (!signPlan) throw new Error(`sign plan ${id} has no view`)
  return signPlan
}

const numbersOf = ({ openid, merchant_sign_plan_no, sign_plan_id, problem }: SignPlan) => ({
  ...{ openid, merchantSignPlanNo: merchant_sign_plan_no, signPlanId: sign_plan_id, problem },
})
