import type { plans } from '@shouyin/contracts/shopper'
import type { Kysely } from 'kysely'
import type { Database } from '../../../database.ts'
import { listPlanLessons } from '../repository.ts'
import type { Plan, PlanLesson } from '../table.ts'
import { sumOf } from './request.ts'

/** What a shopper sees of these plans, in their order. */
export async function viewPlans(db: Kysely<Database>, rows: readonly Plan[]): Promise<plans.Plan[]> {
  const lessons = await listPlanLessons(
    db,
    rows.map((row) => row.id),
  )
  return rows.map((row) => ({
    ...describePlan(
      row,
      lessons.filter((lesson) => lesson.plan_id === row.id),
    ),
    onSale: row.state === 'on_sale',
  }))
}

/** What shopper and shop both see. */
export const describePlan = (plan: Plan, lessons: readonly PlanLesson[]): Omit<plans.Plan, 'onSale'> => ({
  id: plan.id,
  name: plan.name,
  durationDays: plan.duration_days,
  originalFen: sumOf(lessons, 'original_fen'),
  totalFen: sumOf(lessons, 'price_fen'),
  lessons: lessons.map(({ number, name, original_fen, price_fen, discount }) => ({
    ...{ number, name, originalFen: original_fen, priceFen: price_fen, discount },
  })),
})
