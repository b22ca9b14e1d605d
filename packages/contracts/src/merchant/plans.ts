import * as v from 'valibot'
import { Fen } from '../money.ts'
import { ById, Id, next, page } from '../page.ts'
import { defineRoute } from '../route.ts'
import { Plan, SignPlan } from '../shopper/plans.ts'
import { MerchantLesson } from './lessons.ts'

/** `creating`, `stopping`: WeChat Pay has still to agree. `refused`: see `problem`. */
export const planStates = ['creating', 'on_sale', 'refused', 'stopping', 'stopped'] as const

export const MerchantPlan = v.object({
  ...v.omit(Plan, ['onSale']).entries,
  state: v.picklist(planStates),
  merchantPlanNo: v.string(),
  /** WeChat Pay's. */
  planId: v.nullable(v.string()),
  problem: v.nullable(v.string()),
  signedCount: v.number(),
  createdAt: v.string(),
  stoppedAt: v.nullable(v.string()),
})
export type MerchantPlan = v.InferOutput<typeof MerchantPlan>

export const MerchantSignPlan = v.object({
  ...SignPlan.entries,
  lessons: v.array(MerchantLesson),
  openid: v.string(),
  merchantSignPlanNo: v.string(),
  signPlanId: v.nullable(v.string()),
  problem: v.nullable(v.string()),
})
export type MerchantSignPlan = v.InferOutput<typeof MerchantSignPlan>

const text = (max: number) => v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(max))
const planNotFound = { PLAN_NOT_FOUND: 404 } as const
const signPlanNotFound = { SIGN_PLAN_NOT_FOUND: 404 } as const

const NewLesson = v.pipe(
  v.strictObject({
    name: text(20),
    originalFen: Fen,
    /** What is collected after it; 0: it is given. */
    priceFen: Fen,
    discount: v.optional(text(20)),
  }),
  v.check(({ originalFen, priceFen }) => priceFen <= originalFen, 'priceFen must not be above originalFen'),
)

export const createPlan = defineRoute({
  method: 'POST',
  path: '/api/merchant/plans',
  summary: 'Make a plan and put it on sale; it cannot be changed afterwards, only stopped',
  scope: 'plans:write',
  idempotent: true,
  status: 201,
  input: v.strictObject({
    name: text(20),
    durationDays: v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(3650)),
    lessons: v.pipe(
      v.array(NewLesson),
      v.minLength(1),
      v.maxLength(100),
      v.check(
        (lessons) => lessons.every(({ priceFen }, i) => priceFen <= (lessons[i - 1]?.priceFen ?? priceFen)),
        'must not rise: no lesson is dearer than the one before it',
      ),
    ),
  }),
  output: MerchantPlan,
  errors: { PAYSCORE_NOT_SET_UP: 409, IDEMPOTENCY_KEY_REUSED: 409 },
})

export const listMerchantPlans = defineRoute({
  method: 'GET',
  path: '/api/merchant/plans',
  summary: 'All plans, newest first',
  scope: 'plans:read',
  input: v.strictObject({ ...page, state: v.optional(v.picklist(planStates)) }),
  output: v.object({ plans: v.array(MerchantPlan), next }),
  errors: {},
})

export const getMerchantPlan = defineRoute({
  method: 'GET',
  path: '/api/merchant/plans/:id',
  summary: 'One plan; the id or a 商户计划号 finds it',
  scope: 'plans:read',
  input: ById,
  output: MerchantPlan,
  errors: planNotFound,
})

export const stopPlan = defineRoute({
  method: 'POST',
  path: '/api/merchant/plans/:id/stop',
  summary: 'Take a plan off sale for good; who has signed may finish',
  scope: 'plans:write',
  input: ById,
  output: MerchantPlan,
  errors: planNotFound,
})

export const listSigners = defineRoute({
  method: 'GET',
  path: '/api/merchant/plans/:id/sign-plans',
  summary: 'Who signed a plan, newest first, with every lesson',
  scope: 'plans:read',
  input: v.strictObject({ id: Id, ...page }),
  output: v.object({ signPlans: v.array(MerchantSignPlan), next }),
  errors: planNotFound,
})

export const getMerchantSignPlan = defineRoute({
  method: 'GET',
  path: '/api/merchant/sign-plans/:id',
  summary: 'One signed plan; the id or a 商户签约计划号 finds it',
  scope: 'plans:read',
  input: ById,
  output: MerchantSignPlan,
  errors: signPlanNotFound,
})

export const stopSignPlan = defineRoute({
  method: 'POST',
  path: '/api/merchant/sign-plans/:id/stop',
  summary: "End one shopper's plan: unused lessons go; one that is under way stays",
  scope: 'plans:write',
  input: v.strictObject({ id: Id, reason: text(50) }),
  output: MerchantSignPlan,
  errors: { ...signPlanNotFound, SIGN_PLAN_NOT_SIGNED: 409 },
})
