import { type Notification, PAYMENT_LADDER } from '@shouyin/wechatpay-core/contract'
import { notifications } from '@shouyin/wechatpay-core/discount-card'
import type { StoredCard } from '../../kernel/discount-card/stored.ts'
import type { World } from '../../kernel/world.ts'
import { preparationOf } from './model/new-card.ts'
import { chargedCardToWire, endedCardToWire, takenCardToWire } from './model/wire.ts'

/** 用户领卡通知, on its way at once and not waited for. */
export const notifyAccepted = (world: World, card: StoredCard): void =>
  send(world, notifications.userAccepted, card, takenCardToWire(card), card.beginAtMs)

/** 守约状态变化通知: FINISHED or UNFINISHED. */
export const notifyEnded = (world: World, card: StoredCard, atMs: number): void =>
  send(world, notifications.agreementEnded, card, endedCardToWire(card), atMs)

/** 扣费状态变化通知. */
export const notifyPaid = (world: World, card: StoredCard, atMs: number): void =>
  send(world, notifications.userPaid, card, chargedCardToWire(card), atMs)

function send(world: World, declared: Notification, card: StoredCard, plaintext: object, atMs: number): void {
  const { mchid, outCardCode } = card
  const { notifyUrl, namesPublicKey } = preparationOf(world, card)
  // DERIVED: the guide says 4小时 of these as it does of Pay Score, so both have one ladder, and one switch for it.
  const ladder = world.switches.payScoreLadder === '24h04m' ? PAYMENT_LADDER : declared.ladder
  const about = { mchid, outTradeNo: outCardCode, url: notifyUrl, namesPublicKey }
  world.notifier.send({ ...declared, ladder }, { ...about, plaintext: JSON.stringify(plaintext) }, atMs)
}
