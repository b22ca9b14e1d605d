import { type Notification, PAYMENT_LADDER } from '@shouyin/wechatpay-core/contract'
import { notifications } from '@shouyin/wechatpay-core/payscore'
import type { StoredServiceOrder, StoredSignPlan } from '../../kernel/payscore/stored.ts'
import type { World } from '../../kernel/world.ts'
import { orderToWire } from './model/order-wire.ts'
import { signPlanToWire } from './model/wire.ts'

/** 签约计划成功通知, on its way at once and not waited for. */
export function notifySigned(world: World, signPlan: StoredSignPlan): void {
  sendOfSignPlan(world, notifications.userSignPlan, signPlan, signPlanToWire(world, signPlan))
}

/** 取消签约计划通知: of the user's own doing, also by revoking the service; never of the merchant's. */
export function notifyCancelled(world: World, signPlan: StoredSignPlan): void {
  const plaintext = { ...signPlanToWire(world, signPlan), sign_state: world.switches.cancelNoticeState }
  sendOfSignPlan(world, notifications.userCancelSignPlan, signPlan, plaintext)
}

function sendOfSignPlan(world: World, declared: Notification, signPlan: StoredSignPlan, plaintext: object): void {
  const { mchid, merchantSignPlanNo, notifyUrl, namesPublicKey } = signPlan
  const about = { mchid, outTradeNo: merchantSignPlanNo, url: notifyUrl, namesPublicKey }
  world.notifier.send(declared, { ...about, plaintext: JSON.stringify(plaintext) })
}

/** 支付成功回调通知 of a deduction; not of a sum that was paid elsewhere (GUESS), nor of zero fen. */
export function notifyPaid(world: World, order: StoredServiceOrder, atMs: number): void {
  const { mchid, outOrderNo, notifyUrl, namesPublicKey } = order
  const ladder = world.switches.payScoreLadder === '24h04m' ? PAYMENT_LADDER : notifications.userPaid.ladder
  const about = { mchid, outTradeNo: outOrderNo, url: notifyUrl, namesPublicKey }
  world.notifier.send(
    { ...notifications.userPaid, ladder },
    { ...about, plaintext: JSON.stringify(orderToWire(order)) },
    atMs,
  )
}
