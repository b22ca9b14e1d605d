import * as v from 'valibot'
import { Fen } from '../money.ts'
import { ById, next, page } from '../page.ts'
import { defineRoute } from '../route.ts'

/** What a lesson of a plan costs, as it is promised at signing. */
const PlanLesson = v.object({
  /** From 1, in the order in which lessons are taken. */
  number: v.number(),
  name: v.string(),
  originalFen: Fen,
  /** Never more than the lesson before. 0: it is given. */
  priceFen: Fen,
  /** Why it is cheaper, in the shop's words. */
  discount: v.nullable(v.string()),
})

/** 支付分计划: pay lesson by lesson, after each one. */
export const Plan = v.object({
  id: v.string(),
  name: v.string(),
  /** From the day of signing. */
  durationDays: v.number(),
  originalFen: Fen,
  totalFen: Fen,
  lessons: v.array(PlanLesson),
  onSale: v.boolean(),
})
export type Plan = v.InferOutput<typeof Plan>

/**
 * unused: not taken · starting, completing, cancelling: under way at WeChat Pay · in_service: being given ·
 * deducting: given, WeChat collects it, and tries again until it succeeds · paid · cancelled: nothing is collected.
 */
export const lessonStatuses = [
  'unused',
  'starting',
  'in_service',
  'completing',
  'deducting',
  'cancelling',
  'paid',
  'cancelled',
] as const

export const Lesson = v.object({
  id: v.string(),
  ...PlanLesson.entries,
  status: v.fallback(v.picklist([...lessonStatuses, 'unknown']), 'unknown'),
  /** What it really costs, since it was completed. */
  amountFen: v.nullable(Fen),
  refundedFen: Fen,
  /** What was collected beside that, because the deduction and an order both succeeded; it goes back by itself. */
  extraFen: Fen,
  extraRefundedFen: Fen,
  startedAt: v.nullable(v.string()),
  completedAt: v.nullable(v.string()),
  paidAt: v.nullable(v.string()),
  /** order: paid another way than by Pay Score. free: nothing was to pay. */
  paidBy: v.nullable(v.fallback(v.picklist(['deduction', 'order', 'free', 'unknown']), 'unknown')),
  /** The latest order that pays, or was to pay, it another way. */
  orderId: v.nullable(v.string()),
})
export type Lesson = v.InferOutput<typeof Lesson>

/**
 * unsigned: WeChat's page is still to be confirmed · signed · cancelling: the end is wanted, WeChat has still to agree ·
 * completed: every lesson taken or cancelled · cancelled · expired · lapsed: was not confirmed in time · failed: WeChat
 * did not take it.
 */
export const signPlanStatuses = [
  'unsigned',
  'signed',
  'cancelling',
  'completed',
  'cancelled',
  'expired',
  'lapsed',
  'failed',
] as const

/** 用户签约计划: a plan that one shopper bought, or was about to. */
export const SignPlan = v.object({
  id: v.string(),
  planId: v.string(),
  name: v.string(),
  status: v.fallback(v.picklist([...signPlanStatuses, 'unknown']), 'unknown'),
  /** True while WeChat has to be asked before anything can be said, of the plan or of a lesson that it collects. */
  confirming: v.boolean(),
  /** Of a cancelled one: who ended it. service: the shopper withdrew the authorisation of the whole service. */
  cancelledBy: v.nullable(v.fallback(v.picklist(['shopper', 'shop', 'service', 'unknown']), 'unknown')),
  totalFen: Fen,
  paidFen: Fen,
  lessons: v.array(Lesson),
  createdAt: v.string(),
  signedAt: v.nullable(v.string()),
  overAt: v.nullable(v.string()),
})
export type SignPlan = v.InferOutput<typeof SignPlan>

/** `v.record` would be 1 KB more in the app's main package, for this alone. */
const Texts = v.custom<Readonly<Record<string, string>>>(
  (value) =>
    typeof value === 'object' && value !== null && Object.values(value).every((text) => typeof text === 'string'),
  'must be an object of texts',
)

/** Exactly what `wx.openBusinessView` takes; `navigation` is the same page for `wx.navigateToMiniProgram`. */
export const BusinessView = v.object({
  businessType: v.string(),
  extraData: Texts,
  navigation: v.object({ appId: v.string(), path: v.string() }),
})
export type BusinessView = v.InferOutput<typeof BusinessView>

const planNotFound = { PLAN_NOT_FOUND: 404 } as const
const signPlanNotFound = { SIGN_PLAN_NOT_FOUND: 404 } as const

export const listPlans = defineRoute({
  method: 'GET',
  path: '/api/plans',
  summary: 'Plans on sale, newest first',
  public: true,
  input: v.strictObject({}),
  output: v.object({ plans: v.array(Plan) }),
  errors: {},
})

export const getPlan = defineRoute({
  method: 'GET',
  path: '/api/plans/:id',
  summary: 'One plan, also one that is no longer on sale',
  public: true,
  input: ById,
  output: Plan,
  errors: planNotFound,
})

export const createSignPlan = defineRoute({
  method: 'POST',
  path: '/api/plans/:id/sign-plans',
  summary: "Buy a plan: parameters for WeChat's sign page. Repeated, it answers the same one until that is signed",
  input: ById,
  output: v.object({ signPlan: SignPlan, view: BusinessView }),
  errors: {
    ...planNotFound,
    PLAN_STOPPED: 409,
    PLAN_ALREADY_SIGNED: 409,
    WECHATPAY_REFUSED: 409,
    WECHATPAY_UNAVAILABLE: 503,
  },
})

export const listSignPlans = defineRoute({
  method: 'GET',
  path: '/api/sign-plans',
  summary: "The shopper's plans, newest first; those that were never signed are left out",
  input: v.strictObject(page),
  output: v.object({ signPlans: v.array(SignPlan), next }),
  errors: {},
})

export const getSignPlan = defineRoute({
  method: 'GET',
  path: '/api/sign-plans/:id',
  summary: 'One plan of the shopper',
  input: ById,
  output: SignPlan,
  errors: signPlanNotFound,
})

export const checkSignPlan = defineRoute({
  method: 'POST',
  path: '/api/sign-plans/:id/check',
  summary: 'Ask WeChat Pay what became of the plan, and of the lesson that is under way',
  input: ById,
  output: SignPlan,
  errors: signPlanNotFound,
})

export const cancelSignPlan = defineRoute({
  method: 'POST',
  path: '/api/sign-plans/:id/cancel',
  summary: 'End the plan: unused lessons go; one that is under way stays and is still charged',
  input: ById,
  output: SignPlan,
  errors: { ...signPlanNotFound, SIGN_PLAN_NOT_SIGNED: 409 },
})
