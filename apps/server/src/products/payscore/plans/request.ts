import type { RequestOf } from '@shouyin/wechatpay-core/contract'
import type { endpoints } from '@shouyin/wechatpay-core/payscore'
import type { Plan, PlanLesson } from '../table.ts'

export type CreateBody = RequestOf<typeof endpoints.createPlan>['body']

type Numbered = Pick<Plan, 'appid' | 'service_id' | 'merchant_plan_no' | 'name' | 'duration_days'>
type Promised = Omit<PlanLesson, 'plan_id'>

export const sumOf = (lessons: readonly Promised[], column: 'original_fen' | 'price_fen'): number =>
  lessons.reduce((sum, lesson) => sum + lesson[column], 0)

/** 创建支付分计划. WeChat Pay numbers the lessons in the order in which they come here. */
export const createBody = (plan: Numbered, lessons: readonly Promised[]): CreateBody => ({
  service_id: plan.service_id,
  appid: plan.appid,
  merchant_plan_no: plan.merchant_plan_no,
  plan_name: plan.name,
  plan_duration: plan.duration_days,
  deduction_quantity: lessons.length,
  total_original_price: sumOf(lessons, 'original_fen'),
  total_actual_price: sumOf(lessons, 'price_fen'),
  plan_detail_list: lessons.map((lesson) => ({
    plan_detail_name: lesson.name,
    original_price: lesson.original_fen,
    ...(lesson.discount !== null && { plan_discount_description: lesson.discount }),
    actual_price: lesson.price_fen,
  })),
})
