import { step, type Transitions } from '@shouyin/wechatpay-core/contract'
import { states } from '@shouyin/wechatpay-core/payscore'
import type {
  StoredPlan,
  StoredServiceOrder,
  StoredSignedDetail,
  StoredSignPlan,
} from '../../../kernel/payscore/stored.ts'
import type { World } from '../../../kernel/world.ts'

// Each is the only way from state to state and answers false when WeChat knows no such move; then nothing has changed.

export function movePlan(world: World, plan: StoredPlan, to: states.PlanState, facts: Partial<StoredPlan> = {}) {
  if (!isMove(states.planTransitions, plan.state, to)) return false
  Object.assign(plan, facts, { state: to })
  world.payScore.putPlan(plan)
  return true
}

/** Of signing: take `startTerm`, which also says when the plan is over. */
export function moveSignPlan(
  world: World,
  signPlan: StoredSignPlan,
  to: states.SignState,
  facts: Partial<StoredSignPlan> = {},
): boolean {
  if (!isMove(states.signTransitions, signPlan.state, to)) return false
  Object.assign(signPlan, facts, { state: to })
  world.payScore.putSignPlan(signPlan)
  return true
}

/** With its last detail a signed plan is COMPLETE. DERIVED: also when the last one was cancelled. */
export function moveDetail(
  world: World,
  signPlan: StoredSignPlan,
  detail: StoredSignedDetail,
  to: states.DetailState,
  facts: Partial<StoredSignedDetail> = {},
): boolean {
  if (!isMove(states.detailTransitions, detail.state, to)) return false
  Object.assign(detail, facts, { state: to })
  if (!signPlan.details.every(isOver) || !moveSignPlan(world, signPlan, 'COMPLETE'))
    world.payScore.putSignPlan(signPlan)
  return true
}

export function moveOrder(
  world: World,
  order: StoredServiceOrder,
  to: states.OrderPhase,
  facts: Partial<StoredServiceOrder> = {},
): boolean {
  if (!isMove(states.orderTransitions, order.phase, to)) return false
  Object.assign(order, facts, { phase: to })
  world.payScore.putOrder(order)
  return true
}

/** Used and paid, or cancelled: the next one may begin. */
export const isOver = ({ state }: StoredSignedDetail): boolean =>
  state === 'USED' || state === 'SIGN_PLAN_DETAIL_CANCEL'

const isMove = <S extends string>(table: Transitions<S>, from: S, to: S): boolean =>
  step(table, from, to).kind === 'move'
