import { parseCompact } from '@shouyin/wechatpay-core/contract'
import type { schema } from '@shouyin/wechatpay-core/payscore'
import type { InferOutput } from 'valibot'
import { fingerprint } from '../../../kernel/fingerprint.ts'
import type { StoredServiceOrder } from '../../../kernel/payscore/stored.ts'
import type { World } from '../../../kernel/world.ts'
import { finishOrder, revokeOrder } from '../model/finish.ts'
import { isBusy } from '../user/deduct.ts'
import { brokenSum, sumsOf } from './complete-order.ts'
import { insist, type PayScoreRefuse, refusals, type Why } from './refusals.ts'
import { brokenPaidTime } from './times.ts'

/** 取消: also while WeChat deducts, but not while an attempt runs. Again with the same reason: as the first (支持原参重入). */
export function cancelOrder(world: World, order: StoredServiceOrder, reason: string, refuse: PayScoreRefuse): void {
  if (order.phase === 'revoked') {
    if (order.cancelReason === reason) return
    throw refuse(...refusals.USED_OTHERWISE)
  }
  if (order.phase === 'paying') {
    if (world.switches.payScoreCancelPaying === 'refused') throw refuse(...refusals.NOT_CANCELLABLE)
    if (isBusy(order)) throw refuse(...refusals.BUSY)
  }
  if (!revokeOrder(world, order, reason)) throw refuse(...refusals.NOT_CANCELLABLE)
}

/** 修改订单金额: down only, while WeChat deducts; the next attempt takes the new sum. GUESS: at zero nothing is owed. */
export function modifyOrder(
  world: World,
  order: StoredServiceOrder,
  body: InferOutput<typeof schema.ModifyBody>,
  refuse: PayScoreRefuse,
): void {
  const modifyParameters = fingerprint(body)
  if (order.modifyParameters === modifyParameters && order.phase !== 'revoked') return
  if (order.phase !== 'paying') throw refuse(...refusals.NOT_PAYING)
  if (isBusy(order)) throw refuse(...refusals.BUSY)
  if (order.modifyParameters !== null && world.switches.payScoreModify === 'once') throw refuse(...refusals.MODIFIED)
  insist(brokenSum(body), refuse)
  if (body.total_amount >= (order.totalFen ?? 0)) throw refuse(...refusals.TOTAL_NOT_LESS)
  const facts = { ...sumsOf(body), modifyParameters }
  if (body.total_amount === 0) finishOrder(world, order, facts, world.clock.nowMs())
  else world.payScore.putOrder(Object.assign(order, facts))
}

/** 同步: it was paid elsewhere, WeChat stops deducting; no transaction, and no notice (GUESS). Again: as the first. */
export function syncOrder(
  world: World,
  order: StoredServiceOrder,
  { detail: { paid_time: paidTime } }: InferOutput<typeof schema.SyncBody>,
  refuse: PayScoreRefuse,
): void {
  const paidAtMs = parseCompact(paidTime).getTime()
  if (order.phase === 'done' && order.paidType === 'MCH' && order.paidAtMs === paidAtMs) return
  if (order.phase !== 'paying') throw refuse(...refusals[notSynced[order.phase] ?? 'ORDER_STATE'])
  if (isBusy(order)) throw refuse(...refusals.BUSY)
  insist(brokenPaidTime(paidTime, order.completedAtMs, world.clock.now()), refuse)
  finishOrder(world, order, { paidType: 'MCH', paidAtMs }, paidAtMs)
}

const notSynced: Partial<Record<StoredServiceOrder['phase'], Why>> = { done: 'ORDER_DONE', revoked: 'ORDER_CANCELED' }
