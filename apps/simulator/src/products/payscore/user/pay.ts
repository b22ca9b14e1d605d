import type { StoredServiceOrder } from '../../../kernel/payscore/stored.ts'
import type { World } from '../../../kernel/world.ts'
import { collect, isBusy } from './deduct.ts'

/** Why this service order cannot be paid now. */
export type PayRefusal = keyof typeof payRefusals

export const payRefusals = {
  ORDER_NOT_PAYING: '该订单不是待支付状态',
  ORDER_BUSY: '单据正在扣款中，请稍后再试',
} as const

/** The user pays on WeChat's page of the order what WeChat could not deduct: done when this returns. @returns why not */
export function pay(world: World, order: StoredServiceOrder): PayRefusal | undefined {
  if (order.phase !== 'paying') return 'ORDER_NOT_PAYING'
  if (isBusy(order)) return 'ORDER_BUSY'
  collect(world, order, 'JSAPI', world.clock.nowMs())
  return undefined
}
