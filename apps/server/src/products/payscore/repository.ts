import type { Kysely } from 'kysely'
import type { Database } from '../../database.ts'
import type { Tx } from '../../kernel/db.ts'
import type { Lesson, Plan, PlanLesson, SignPlan } from './table.ts'

export const lockPlan = (tx: Tx, id: string): Promise<Plan> =>
  tx.selectFrom('plan').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow()

/**
 * Lock order everywhere: the signed plan, its lesson, the orders that pay the lesson, charges, refunds. A lesson that is
 * updated twice in one transaction makes PostgreSQL look at its plan's key, against that order: that may not wait.
 */
export const lockSignPlan = (tx: Tx, id: string): Promise<SignPlan> =>
  tx.selectFrom('sign_plan').selectAll().where('id', '=', id).forNoKeyUpdate().executeTakeFirstOrThrow()

export const lockLesson = (tx: Tx, id: string): Promise<Lesson> =>
  tx.selectFrom('lesson').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow()

export const findPlanById = (db: Kysely<Database>, id: string): Promise<Plan> =>
  db.selectFrom('plan').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

export const findSignPlanById = (db: Kysely<Database>, id: string): Promise<SignPlan> =>
  db.selectFrom('sign_plan').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

/** What these plans promise, lesson by lesson. */
export function listPlanLessons(db: Kysely<Database>, planIds: readonly string[]): Promise<readonly PlanLesson[]> {
  if (planIds.length === 0) return Promise.resolve([])
  return db.selectFrom('plan_lesson').selectAll().where('plan_id', 'in', planIds).orderBy('number').execute()
}

export function listLessons(db: Kysely<Database>, signPlanIds: readonly string[]): Promise<readonly Lesson[]> {
  if (signPlanIds.length === 0) return Promise.resolve([])
  return db.selectFrom('lesson').selectAll().where('sign_plan_id', 'in', signPlanIds).orderBy('number').execute()
}

export const movePlan = (tx: Tx, { id, state }: Plan, set: Partial<Plan>): Promise<Plan> =>
  tx
    .updateTable('plan')
    .set(set)
    .where('id', '=', id)
    .where('state', '=', state)
    .returningAll()
    .executeTakeFirstOrThrow()

export const moveSignPlan = (tx: Tx, { id, state }: SignPlan, set: Partial<SignPlan>): Promise<SignPlan> =>
  tx
    .updateTable('sign_plan')
    .set(set)
    .where('id', '=', id)
    .where('state', '=', state)
    .returningAll()
    .executeTakeFirstOrThrow()
