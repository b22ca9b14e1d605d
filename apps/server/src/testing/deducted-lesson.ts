import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Database } from '../database.ts'
import { NEVER } from '../ledger/open.ts'
import type { Deducted } from './deductions.ts'

/** A lesson that was given, of a plan that somebody has signed. */
export async function insertLesson(db: Kysely<Database>, wanted: Deducted): Promise<void> {
  const { now, amountFen, mchid, appid, openid, subjectId, number } = wanted
  const [planId, signPlanId] = [randomUUID(), randomUUID()]
  const common = { mchid, appid, service_id: 'service', created_at: now, request: '{}' }
  const plan = { id: planId, merchant_plan_no: unique(), name: '羽毛球课3节', duration_days: 300 }
  await db
    .insertInto('plan')
    .values({ ...common, ...plan, state: 'on_sale', plan_id: unique() })
    .execute()
  const times = { signed_at: now, over_at: NEVER, next_query_at: now }
  const signed = { id: signPlanId, plan_id: planId, user_id: randomUUID(), openid, merchant_sign_plan_no: unique() }
  await db
    .insertInto('sign_plan')
    .values({ ...common, ...signed, ...times, state: 'signed', sign_plan_id: unique() })
    .execute()
  const price = { original_fen: amountFen, price_fen: amountFen, amount_fen: amountFen }
  const taken = { start_request: '{}', complete_request: '{}', started_at: now, completed_at: now }
  const lesson = { id: subjectId, sign_plan_id: signPlanId, mchid, number: 1, name: '第一节课', out_order_no: number }
  await db
    .insertInto('lesson')
    .values({ ...lesson, ...price, ...taken, state: 'deducting' })
    .execute()
}

const unique = (): string => randomUUID().replaceAll('-', '')
