import { refundChanges, returnChanges } from '../../../kernel/bookings.ts'
import type { RefundStatus, StoredRefund } from '../../../kernel/refunds.ts'
import type { World } from '../../../kernel/world.ts'
import { notifyRefund } from '../notify.ts'

const HOUR_MS = 3600_000
/** 超过7天余额不足: WeChat closes it. */
const UNFUNDED_LIFE_MS = 7 * 24 * HOUR_MS

/** Whether the merchant's balance covers what a refund takes from it. */
export const isCovered = ({ funds }: World, { mchid, settlementRefundFen, feeRefundFen }: StoredRefund): boolean =>
  funds.balanceFen(mchid, 'BASIC') >= settlementRefundFen - feeRefundFen

/** Takes the money from the balance, as soon as it is there. */
export function fund(world: World, refund: StoredRefund): void {
  if (refund.isFunded || !isCovered(world, refund)) return
  world.funds.book(...refundChanges(refund))
  world.refunds.set(refund, { isFunded: true })
}

/** What WeChat does next by itself: pays out, or looks again whether there is money. DERIVED: every hour. */
export function planRefund(world: World, refund: StoredRefund): void {
  const waitMs = refund.isFunded ? world.switches.refundSeconds * 1000 : HOUR_MS
  schedule(world, refund, world.clock.nowMs() + waitMs)
}

/** After a restart: goes on with what was on its way. */
export function resumeRefunds(world: World): void {
  for (const refund of world.refunds.list()) if (refund.dueAtMs !== null) schedule(world, refund, refund.dueAtMs)
}

function schedule(world: World, refund: StoredRefund, dueAtMs: number): void {
  world.refunds.set(refund, { dueAtMs })
  world.clock.schedule(dueAtMs, async () => {
    const isStill = world.refunds.find(refund.mchid, refund.outRefundNo) === refund && refund.dueAtMs === dueAtMs
    if (isStill) goOn(world, refund, dueAtMs)
    return 0
  })
}

function goOn(world: World, refund: StoredRefund, dueAtMs: number): void {
  if (refund.isFunded) {
    const fault = world.faults.takeForRefund(refund)
    finishRefund(world, refund, fault ? faultStatuses[fault.kind] : 'SUCCESS', dueAtMs)
    return
  }
  fund(world, refund)
  const isOver = !refund.isFunded && dueAtMs - refund.createdAtMs >= UNFUNDED_LIFE_MS
  if (isOver) finishRefund(world, refund, 'CLOSED', dueAtMs)
  else planRefund(world, refund)
}

const faultStatuses = { 'refund-abnormal': 'ABNORMAL', 'refund-closed': 'CLOSED' } as const

/** The end of a refund, or ABNORMAL, and its notification. @returns false when WeChat Pay knows no such move */
export function finishRefund(
  world: World,
  refund: StoredRefund,
  to: Exclude<RefundStatus, 'PROCESSING'>,
  atMs: number,
): boolean {
  const wasFunded = refund.isFunded
  const facts = {
    dueAtMs: null,
    successAtMs: to === 'SUCCESS' ? atMs : null,
    isFunded: to === 'CLOSED' ? false : wasFunded,
  }
  if (!world.refunds.move(refund, to, facts)) return false
  if (to === 'CLOSED' && wasFunded) world.funds.book(...returnChanges(refund))
  notifyRefund(world, refund, atMs)
  return true
}
