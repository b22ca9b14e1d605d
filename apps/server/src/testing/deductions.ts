import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Database } from '../database.ts'
import { inTransaction } from '../kernel/db.ts'
import { NEVER, openCharge } from '../ledger/open.ts'
import type { Charge } from '../ledger/table.ts'

/** WeChat Pay calls a deduction by a number of its own, not by ours. */
export const numberOfWechat = (charge: Charge): string => `WX${charge.out_trade_no.slice(-20)}`

/** A lesson that WeChat Pay is deducting, and its charge; nobody asked WeChat Pay. */
export async function insertDeduction(
  db: Kysely<Database>,
  { now, amountFen = 1000, mchid = '1900000001', appid = 'wx0000000000000001', openid = 'oPayer', ...given }: Given,
): Promise<Charge> {
  const { lessonId, outOrderNo } = { lessonId: randomUUID(), outOrderNo: unique(), ...given }
  await insertLesson(db, { now, amountFen, mchid, appid, openid, lessonId, outOrderNo })
  const what = { source: 'payscore', purpose: 'lesson', subjectId: lessonId, outTradeNo: outOrderNo } as const
  const how = { mchid, appid, openid, amountFen, description: '羽毛球课3节-第一节课', expiresAt: NEVER }
  return inTransaction(db, (tx) => openCharge(tx, { ...what, ...how }, { now, nextQueryAt: now }))
}

interface Given {
  readonly now: Date
  readonly amountFen?: number
  readonly mchid?: string
  readonly appid?: string
  readonly openid?: string
  readonly outOrderNo?: string
}

const unique = (): string => randomUUID().replaceAll('-', '')

type Wanted = Required<Given> & { readonly lessonId: string }

async function insertLesson(db: Kysely<Database>, wanted: Wanted): Promise<void> {
  const { now, amountFen, mchid, appid, openid, lessonId, outOrderNo } = wanted
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
  const lesson = {
    id: lessonId,
    sign_plan_id: signPlanId,
    mchid,
    number: 1,
    name: '第一节课',
    out_order_no: outOrderNo,
  }
  await db
    .insertInto('lesson')
    .values({ ...lesson, ...price, ...taken, state: 'deducting' })
    .execute()
}
