import type { Tx } from '../../kernel/db.ts'
import type { Lesson, SignPlan } from './table.ts'

/** Lock order everywhere: the signed plan, its lesson, the orders that pay the lesson, charges, refunds. */
export const lockSignPlan = (tx: Tx, id: string): Promise<SignPlan> =>
  tx.selectFrom('sign_plan').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow()

export const lockLesson = (tx: Tx, id: string): Promise<Lesson> =>
  tx.selectFrom('lesson').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow()
