import type { Generated, Selectable } from 'kysely'
import type { LessonState, PlanState, SignPlanState } from './states.ts'

export interface PlanTable {
  id: string
  mchid: string
  appid: string
  service_id: string
  merchant_plan_no: string
  name: string
  duration_days: number
  created_at: Date
  request: string
  state: Generated<PlanState>
  plan_id: string | null
  problem: string | null
  stopped_at: Date | null
  sending_until: Date | null
  next_query_at: Date | null
  query_count: Generated<number>
}

export interface PlanLessonTable {
  plan_id: string
  number: number
  name: string
  original_fen: number
  price_fen: number
  discount: string | null
}

export interface SignPlanTable {
  id: string
  plan_id: string
  user_id: string
  mchid: string
  appid: string
  openid: string
  service_id: string
  merchant_sign_plan_no: string
  created_at: Date
  request: string
  state: Generated<SignPlanState>
  sign_plan_id: string | null
  package: string | null
  package_until: Date | null
  problem: string | null
  signed_at: Date | null
  over_at: Date | null
  stop_reason: string | null
  stopped_by: 'shopper' | 'shop' | null
  cancel_type: string | null
  cancelled_at: Date | null
  unconfirmed: Generated<boolean>
  sending_until: Date | null
  next_query_at: Date | null
  query_count: Generated<number>
}

export interface LessonTable {
  id: string
  sign_plan_id: string
  mchid: string
  number: number
  name: string
  original_fen: number
  price_fen: number
  discount: string | null
  out_order_no: string
  state: Generated<LessonState>
  amount_fen: number | null
  start_request: string | null
  complete_request: string | null
  cancel_reason: string | null
  problem: string | null
  order_id: string | null
  wechat_state: string | null
  wechat_description: string | null
  wechat_collection: string | null
  started_at: Date | null
  completed_at: Date | null
  cancelled_at: Date | null
  paid_at: Date | null
  paid_charge_id: string | null
  sync_paid_at: Date | null
  sending_until: Date | null
  next_query_at: Date | null
  query_count: Generated<number>
}

/** An ordinary order that pays a lesson another way. */
export interface LessonOrderTable {
  order_id: string
  lesson_id: string
}

export interface PayScoreTables {
  plan: PlanTable
  plan_lesson: PlanLessonTable
  sign_plan: SignPlanTable
  lesson: LessonTable
  lesson_order: LessonOrderTable
}

export type Plan = Selectable<PlanTable>
export type PlanLesson = Selectable<PlanLessonTable>
export type SignPlan = Selectable<SignPlanTable>
export type Lesson = Selectable<LessonTable>
