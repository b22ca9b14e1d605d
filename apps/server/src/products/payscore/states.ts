import type { Transitions } from '@shouyin/wechatpay-core/contract'
import type { states } from '@shouyin/wechatpay-core/payscore'

export const planStates = ['creating', 'on_sale', 'refused', 'stopping', 'stopped'] as const
export type PlanState = (typeof planStates)[number]

/** `creating`, `stopping`: wanted here, WeChat Pay has still to agree. `refused`: it does not like what we sent. */
export const planTransitions = {
  creating: ['on_sale', 'refused', 'stopped'],
  on_sale: ['stopping', 'stopped'],
  refused: ['on_sale', 'stopped'],
  stopping: ['stopped'],
  stopped: [],
} as const satisfies Transitions<PlanState>

/** Shoppers may look at these. */
export const shownPlanStates = ['on_sale', 'stopping', 'stopped'] as const satisfies readonly PlanState[]

/** 支付分计划状态 → ours. A state that WeChat Pay adds tomorrow proves nothing. */
const ofPlanState: Readonly<Record<string, PlanState>> = {
  NORMAL: 'on_sale',
  STOP: 'stopped',
} satisfies Record<states.PlanState, PlanState>

export const fromPlanState = (planState: string): PlanState | 'unknown' =>
  (Object.hasOwn(ofPlanState, planState) && ofPlanState[planState]) || 'unknown'

export const signPlanStates = [
  'creating',
  'unsigned',
  'refused',
  'lapsed',
  'signed',
  'completed',
  'cancelled',
  'expired',
] as const
export type SignPlanState = (typeof signPlanStates)[number]

/** In these WeChat Pay is asked: it may say something new. */
export const liveSignPlanStates = ['creating', 'unsigned', 'signed'] as const satisfies readonly SignPlanState[]

/**
 * `lapsed`: nobody signed while the package lived. Notices cross, and what a query answers may be the end of several
 * steps, so signing may be skipped; WeChat's own ends are final.
 */
export const signPlanTransitions = {
  creating: ['unsigned', 'signed', 'refused', 'cancelled'],
  unsigned: ['signed', 'cancelled', 'lapsed', 'completed', 'expired'],
  refused: ['unsigned', 'signed', 'cancelled'],
  lapsed: ['signed', 'cancelled', 'completed', 'expired'],
  signed: ['completed', 'cancelled', 'expired'],
  completed: [],
  cancelled: [],
  expired: [],
} as const satisfies Transitions<SignPlanState>

/** 签约计划状态 → ours. A state that WeChat Pay adds tomorrow proves nothing. */
const ofSignState: Readonly<Record<string, SignPlanState>> = {
  UNSIGNED: 'unsigned',
  SIGNED: 'signed',
  SIGN_PLAN_CANCEL: 'cancelled',
  COMPLETE: 'completed',
  EXPIRE: 'expired',
} satisfies Record<states.SignState, SignPlanState>

export const fromSignState = (signState: string): SignPlanState | 'unknown' =>
  (Object.hasOwn(ofSignState, signState) && ofSignState[signState]) || 'unknown'

export const lessonStates = [
  'unused',
  'starting',
  'in_service',
  'completing',
  'deducting',
  'cancelling',
  'paid',
  'cancelled',
] as const
export type LessonState = (typeof lessonStates)[number]

/**
 * `starting`, `completing`, `cancelling`: wanted here, WeChat Pay has still to agree. Back to `unused` and `in_service`
 * when it refuses what we sent. `deducting`: it tries to collect, without an end. A cancel that the deduction outruns ends
 * as `paid`.
 */
export const lessonTransitions = {
  unused: ['starting'],
  starting: ['unused', 'in_service', 'cancelled'],
  in_service: ['completing', 'cancelling', 'cancelled'],
  completing: ['in_service', 'deducting', 'paid', 'cancelled'],
  deducting: ['cancelling', 'paid', 'cancelled'],
  cancelling: ['cancelled', 'paid'],
  paid: [],
  cancelled: [],
} as const satisfies Transitions<LessonState>

/** A lesson in one of these keeps the next one waiting. */
export const openLessonStates = [
  'starting',
  'in_service',
  'completing',
  'deducting',
  'cancelling',
] as const satisfies readonly LessonState[]
