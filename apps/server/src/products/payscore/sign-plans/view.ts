import type { plans } from '@shouyin/contracts/shopper'
import type { Kysely } from 'kysely'
import type { Database } from '../../../database.ts'
import { viewLessons } from '../lessons/view-lessons.ts'
import { listLessons } from '../repository.ts'
import type { Lesson, SignPlan } from '../table.ts'
import { isLive } from './told.ts'

/** What the shopper sees of these sign plans, in their order. */
export async function viewSignPlans(db: Kysely<Database>, rows: readonly SignPlan[]): Promise<plans.SignPlan[]> {
  if (rows.length === 0) return []
  const lessonRows = await listLessons(
    db,
    rows.map((row) => row.id),
  )
  const lessons = await viewLessons(db, lessonRows)
  const unanswered = await unansweredPlans(db, lessonRows)
  const names = await namesOf(db, rows)
  return rows.map((row) => {
    const own = lessons.filter((_, i) => lessonRows[i]?.sign_plan_id === row.id)
    const confirming = (row.unconfirmed && isLive(row)) || unanswered.has(row.id)
    return { ...describe(row), confirming, name: names.get(row.plan_id) ?? '', ...sumsOf(own), lessons: own }
  })
}

export async function viewSignPlan(db: Kysely<Database>, row: SignPlan): Promise<plans.SignPlan> {
  const [signPlan] = await viewSignPlans(db, [row])
  if (!signPlan) throw new Error(`sign plan ${row.id} has no view`)
  return signPlan
}

const describe = (row: SignPlan) => ({
  id: row.id,
  planId: row.plan_id,
  status: statusOf(row),
  cancelledBy: row.state === 'cancelled' ? cancelledBy(row) : null,
  createdAt: row.created_at.toISOString(),
  signedAt: row.signed_at?.toISOString() ?? null,
  overAt: row.over_at?.toISOString() ?? null,
})

function statusOf({ state, stop_reason }: SignPlan): plans.SignPlan['status'] {
  if (isLive({ state }) && stop_reason !== null) return 'cancelling'
  if (state === 'creating') return 'unsigned'
  return state === 'refused' ? 'failed' : state
}

/** MERCHANT is what WeChat Pay calls all that came through us. */
function cancelledBy({ cancel_type, stopped_by }: SignPlan): plans.SignPlan['cancelledBy'] {
  if (cancel_type === 'MERCHANT') return stopped_by ?? 'shop'
  if (cancel_type === 'USER') return 'shopper'
  return cancel_type === 'REVOKE_SERVICE' ? 'service' : 'unknown'
}

function sumsOf(lessons: readonly plans.Lesson[]) {
  const paid = lessons.filter(({ status }) => status === 'paid')
  return {
    totalFen: lessons.reduce((sum, { priceFen }) => sum + priceFen, 0),
    paidFen: paid.reduce((sum, { amountFen }) => sum + (amountFen ?? 0), 0),
  }
}

/** Of whose deduction WeChat Pay was asked in vain: it may have collected by now. */
async function unansweredPlans(db: Kysely<Database>, lessons: readonly Lesson[]): Promise<ReadonlySet<string>> {
  const deducting = lessons.filter(({ state }) => state === 'deducting')
  if (deducting.length === 0) return new Set()
  const rows = await db
    .selectFrom('charge')
    .select('subject_id')
    .where('purpose', '=', 'lesson')
    .where('unconfirmed', '=', true)
    .where(
      'subject_id',
      'in',
      deducting.map(({ id }) => id),
    )
    .execute()
  const unanswered = new Set(rows.map((row) => row.subject_id))
  return new Set(deducting.filter(({ id }) => unanswered.has(id)).map((lesson) => lesson.sign_plan_id))
}

async function namesOf(db: Kysely<Database>, rows: readonly SignPlan[]): Promise<ReadonlyMap<string, string>> {
  const ids = rows.map((row) => row.plan_id)
  const plans = await db.selectFrom('plan').select(['id', 'name']).where('id', 'in', ids).execute()
  return new Map(plans.map(({ id, name }) => [id, name]))
}
