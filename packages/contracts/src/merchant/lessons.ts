import * as v from 'valibot'
import { Fen } from '../money.ts'
import { ById, Id, next, page } from '../page.ts'
import { defineRoute } from '../route.ts'
import { Lesson, lessonStatuses } from '../shopper/plans.ts'

/** One lesson of one shopper, with what WeChat Pay calls it. */
export const MerchantLesson = v.object({
  ...Lesson.entries,
  signPlanId: v.string(),
  planName: v.string(),
  openid: v.string(),
  /** 商户服务订单号. */
  outOrderNo: v.string(),
  /** 微信支付分订单号. */
  serviceOrderId: v.nullable(v.string()),
  /** 微信订单号 of the deduction, as the bill prints it. */
  transactionId: v.nullable(v.string()),
  cancelReason: v.nullable(v.string()),
  /** What WeChat Pay does not like. */
  problem: v.nullable(v.string()),
})
export type MerchantLesson = v.InferOutput<typeof MerchantLesson>

const text = (max: number) => v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(max))
const notFound = { LESSON_NOT_FOUND: 404 } as const

export const listLessons = defineRoute({
  method: 'GET',
  path: '/api/merchant/lessons',
  summary:
    'Lessons, newest first; by status, e.g. deducting: what is owed. An unused one only while its plan is signed',
  scope: 'plans:read',
  input: v.strictObject({ ...page, status: v.optional(v.picklist(lessonStatuses)) }),
  output: v.object({ lessons: v.array(MerchantLesson), next }),
  errors: {},
})

export const getLesson = defineRoute({
  method: 'GET',
  path: '/api/merchant/lessons/:id',
  summary: 'One lesson; the id, a 商户服务订单号 or a 微信订单号 finds it',
  scope: 'plans:read',
  input: ById,
  output: MerchantLesson,
  errors: notFound,
})

export const startLesson = defineRoute({
  method: 'POST',
  path: '/api/merchant/lessons/:id/start',
  summary: 'The shopper begins a lesson: makes its service order. May be repeated',
  scope: 'plans:write',
  input: v.strictObject({ id: Id, location: v.optional(text(50)) }),
  output: MerchantLesson,
  errors: {
    ...notFound,
    LESSON_STATE: 409,
    /** The one before is not paid or cancelled yet. */
    LESSON_OUT_OF_ORDER: 409,
    SIGN_PLAN_NOT_SIGNED: 409,
    WECHATPAY_REFUSED: 409,
    WECHATPAY_UNAVAILABLE: 503,
  },
})

export const completeLesson = defineRoute({
  method: 'POST',
  path: '/api/merchant/lessons/:id/complete',
  summary: 'The lesson was given: WeChat Pay collects. May be repeated with the same amount',
  scope: 'plans:write',
  input: v.strictObject({
    id: Id,
    /** What it really costs, at most its price; default: its price. */
    amountFen: v.optional(Fen),
  }),
  output: MerchantLesson,
  errors: {
    ...notFound,
    LESSON_STATE: 409,
    LESSON_PRICE_EXCEEDED: 409,
    WECHATPAY_REFUSED: 409,
    WECHATPAY_UNAVAILABLE: 503,
  },
})

export const cancelLesson = defineRoute({
  method: 'POST',
  path: '/api/merchant/lessons/:id/cancel',
  summary: 'Nothing is collected for the lesson, also while WeChat Pay tries; answers cancelling until it agrees',
  scope: 'plans:write',
  input: v.strictObject({ id: Id, reason: text(50) }),
  output: MerchantLesson,
  errors: { ...notFound, LESSON_STATE: 409, LESSON_PAID: 409 },
})

export const checkLesson = defineRoute({
  method: 'POST',
  path: '/api/merchant/lessons/:id/check',
  summary: 'Ask WeChat Pay what became of a lesson',
  scope: 'plans:read',
  input: ById,
  output: MerchantLesson,
  errors: notFound,
})
