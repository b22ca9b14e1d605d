import type { lessons } from '@shouyin/contracts/merchant'
import type { Kysely } from 'kysely'
import type { Database } from '../../../database.ts'
import { listCharges } from '../../../ledger/repository.ts'
import type { Lesson } from '../table.ts'
import { viewLessons } from './view-lessons.ts'

/** What the shop sees of these lessons, in their order. */
export async function viewMerchantLessons(
  db: Kysely<Database>,
  rows: readonly Lesson[],
): Promise<lessons.MerchantLesson[]> {
  const views = await viewLessons(db, rows)
  const owners = await signPlansOf(db, rows)
  const charges = await listCharges(
    db,
    'lesson',
    rows.map((row) => row.id),
  )
  return rows.flatMap((row, i) => {
    const [view, owner] = [views[i], owners.find(({ id }) => id === row.sign_plan_id)]
    if (!view || !owner) return []
    return {
      ...view,
      signPlanId: owner.id,
      planName: owner.name,
      openid: owner.openid,
      outOrderNo: row.out_order_no,
      serviceOrderId: row.order_id,
      transactionId: charges.find((charge) => charge.subject_id === row.id)?.transaction_id ?? null,
      cancelReason: row.cancel_reason,
      problem: row.problem,
    }
  })
}

export async function viewMerchantLesson(db: Kysely<Database>, row: Lesson): Promise<lessons.MerchantLesson> {
  const [lesson] = await viewMerchantLessons(db, [row])
  if (!lesson) throw new Error(`lesson ${row.id} has no view`)
  return lesson
}

function signPlansOf(db: Kysely<Database>, rows: readonly Lesson[]) {
  const ids = [...new Set(rows.map((row) => row.sign_plan_id))]
  if (ids.length === 0) return Promise.resolve([])
  return db
    .selectFrom('sign_plan')
    .innerJoin('plan', 'plan.id', 'sign_plan.plan_id')
    .select(['sign_plan.id', 'sign_plan.openid', 'plan.name'])
    .where('sign_plan.id', 'in', ids)
    .execute()
}
