import { notifications } from '@shouyin/wechatpay-core/payments'
import type { StoredTransaction } from '../../kernel/transactions.ts'
import type { World } from '../../kernel/world.ts'
import { toWire } from './model.ts'

/** 支付成功通知, on its way at once and not waited for. */
export function notifyPaid(world: World, transaction: StoredTransaction): void {
  const { mchid, outTradeNo, notifyUrl, namesPublicKey } = transaction
  const plaintext = JSON.stringify(toWire(transaction))
  world.notifier.send(notifications.transactionSuccess, {
    mchid,
    outTradeNo,
    url: notifyUrl,
    plaintext,
    namesPublicKey,
  })
}
