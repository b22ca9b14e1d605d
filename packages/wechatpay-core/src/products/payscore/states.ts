import * as v from 'valibot'
import type { Transitions } from '../../contract/state.ts'

/** 支付分计划状态: STOP takes no new signer; who has signed may finish. */
export const planStates = ['NORMAL', 'STOP'] as const
export const PlanState = v.picklist(planStates)
export type PlanState = v.InferOutput<typeof PlanState>

export const planTransitions = {
  NORMAL: ['STOP'],
  STOP: [],
} as const satisfies Transitions<PlanState>

/** 签约计划状态. */
export const signStates = ['UNSIGNED', 'SIGNED', 'SIGN_PLAN_CANCEL', 'COMPLETE', 'EXPIRE'] as const
export const SignState = v.picklist(signStates)
export type SignState = v.InferOutput<typeof SignState>

/** UNSIGNED → SIGN_PLAN_CANCEL by the merchant is a GUESS: no page says that a plan nobody signed can be stopped. */
export const signTransitions = {
  UNSIGNED: ['SIGNED', 'SIGN_PLAN_CANCEL'],
  SIGNED: ['COMPLETE', 'SIGN_PLAN_CANCEL', 'EXPIRE'],
  SIGN_PLAN_CANCEL: [],
  COMPLETE: [],
  EXPIRE: [],
} as const satisfies Transitions<SignState>

/** 取消签约类型: who ended it; REVOKE_SERVICE: the user revoked the authorisation of the whole service. */
export const cancelSignTypes = ['NOT_CANCEL', 'USER', 'MERCHANT', 'REVOKE_SERVICE'] as const
export type CancelSignType = (typeof cancelSignTypes)[number]

/** 计划详情状态. A cancelled service order takes its detail with it. */
export const detailStates = ['NOT_USED', 'USING', 'USED', 'SIGN_PLAN_DETAIL_CANCEL'] as const
export const DetailState = v.picklist(detailStates)
export type DetailState = v.InferOutput<typeof DetailState>

export const detailTransitions = {
  NOT_USED: ['USING'],
  USING: ['USED', 'SIGN_PLAN_DETAIL_CANCEL'],
  USED: [],
  SIGN_PLAN_DETAIL_CANCEL: [],
} as const satisfies Transitions<DetailState>

/**
 * 服务订单: three fields make its state: `state`, `state_description` (of DOING only) and `collection.state`. `paying`:
 * completed, WeChat tries to deduct and never gives up by itself. `done` of zero fen has no collection.
 */
export const orderPhases = ['created', 'in_service', 'paying', 'done', 'revoked', 'expired'] as const
export type OrderPhase = (typeof orderPhases)[number]

export const orderTransitions = {
  created: ['in_service', 'revoked', 'expired'],
  in_service: ['paying', 'done', 'revoked'],
  paying: ['done', 'revoked'],
  done: [],
  revoked: [],
  expired: [],
} as const satisfies Transitions<OrderPhase>

/** The three fields of every phase, as WeChat prints them. */
export const phaseFields = {
  created: { state: 'CREATED', description: undefined, collection: undefined },
  in_service: { state: 'DOING', description: 'USER_CONFIRM', collection: undefined },
  paying: { state: 'DOING', description: 'MCH_COMPLETE', collection: 'USER_PAYING' },
  done: { state: 'DONE', description: undefined, collection: 'USER_PAID' },
  revoked: { state: 'REVOKED', description: undefined, collection: undefined },
  expired: { state: 'EXPIRED', description: undefined, collection: undefined },
} as const satisfies Record<OrderPhase, object>

interface ThreeFields {
  readonly state: string
  readonly state_description?: string | undefined
  readonly collection?: { readonly state?: string | undefined } | undefined
}

/**
 * Reads the three fields together. `unknown`: a combination that contradicts itself or that no page names, which proves
 * nothing. DONE without a collection is an order of zero fen; whoever cancelled while WeChat deducted may still read
 * USER_PAYING beside REVOKED.
 */
export function phaseOf({ state, state_description, collection }: ThreeFields): OrderPhase | 'unknown' {
  const isPaid = collection?.state === 'USER_PAID'
  const isCollected = isPaid || collection?.state === 'USER_PAYING'
  switch (state) {
    case 'CREATED':
      return isCollected ? 'unknown' : 'created'
    case 'REVOKED':
      return isPaid ? 'unknown' : 'revoked'
    case 'EXPIRED':
      return isPaid ? 'unknown' : 'expired'
    case 'DONE':
      return collection === undefined || isPaid ? 'done' : 'unknown'
    case 'DOING':
      if (state_description === 'USER_CONFIRM') return isCollected ? 'unknown' : 'in_service'
      return state_description === 'MCH_COMPLETE' && !isPaid ? 'paying' : 'unknown'
    default:
      return 'unknown'
  }
}
