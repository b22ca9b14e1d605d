import type { StoredServiceOrder, StoredSignedDetail, StoredSignPlan } from '../../../kernel/payscore/stored.ts'
import type { World } from '../../../kernel/world.ts'
import { moveDetail, moveOrder } from './moves.ts'

const NOTHING_MORE = { deductAtMs: null, busyUntilMs: null } as const

/** Nothing is owed any more, for whatever reason: DONE, and its detail USED. @returns false when it is over already */
export function finishOrder(
  world: World,
  order: StoredServiceOrder,
  facts: Partial<StoredServiceOrder>,
  atMs: number,
): boolean {
  if (!moveOrder(world, order, 'done', { ...facts, ...NOTHING_MORE })) return false
  const { signPlan, detail } = detailOf(world, order)
  moveDetail(world, signPlan, detail, 'USED', { actualPayFen: order.totalFen ?? 0, completedAtMs: atMs })
  return true
}

/** 撤销: nothing will be collected, the sum is 0, and the detail goes with its order. @returns false when it is over already */
export function revokeOrder(world: World, order: StoredServiceOrder, reason: string): boolean {
  const cancelledAtMs = world.clock.nowMs()
  const totalFen = order.totalFen === null ? null : 0
  const facts = { ...NOTHING_MORE, totalFen, cancelReason: reason, cancelledAtMs }
  if (!moveOrder(world, order, 'revoked', facts)) return false
  const { signPlan, detail } = detailOf(world, order)
  moveDetail(world, signPlan, detail, 'SIGN_PLAN_DETAIL_CANCEL', { cancelledAtMs })
  return true
}

/** The signed plan of an order, and which of its details. */
export function detailOf(
  world: World,
  order: Pick<StoredServiceOrder, 'signPlanId' | 'detailNo' | 'outOrderNo'>,
): { readonly signPlan: StoredSignPlan; readonly detail: StoredSignedDetail } {
  const signPlan = world.payScore.signPlanById(order.signPlanId)
  const detail = signPlan?.details.find(({ no }) => no === order.detailNo)
  if (!signPlan || !detail) throw new Error(`the signed plan of ${order.outOrderNo} is always there`)
  return { signPlan, detail }
}
