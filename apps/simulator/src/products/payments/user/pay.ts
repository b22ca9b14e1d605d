import type { StoredTransaction } from '../../../kernel/transactions.ts'
import type { World } from '../../../kernel/world.ts'
import { makeTransactionId } from '../model.ts'
import { notifyPaid } from '../notify.ts'

/** Why this user cannot pay this order now. */
export type PayRefusal = 'PAYER_MISMATCH' | 'ORDER_PAID' | 'ORDER_CLOSED' | 'ORDER_EXPIRED'

export const payRefusals: Readonly<Record<PayRefusal, string>> = {
  PAYER_MISMATCH: '下单账号与支付账号不一致',
  ORDER_PAID: '该订单已支付',
  ORDER_CLOSED: '该订单已关闭',
  ORDER_EXPIRED: '订单已过期，请重新下单',
}

/** Undefined when nothing stands in the way. */
export function whyNotPay(world: World, transaction: StoredTransaction, openid: string): PayRefusal | undefined {
  if (transaction.openid !== openid) return 'PAYER_MISMATCH'
  if (transaction.tradeState === 'CLOSED') return 'ORDER_CLOSED'
  if (transaction.tradeState !== 'NOTPAY') return 'ORDER_PAID'
  return world.clock.nowMs() >= transaction.expiresAtMs ? 'ORDER_EXPIRED' : undefined
}

/** The user confirms with password: paid when this returns. @returns why not, when it is refused */
export function pay(world: World, transaction: StoredTransaction, openid: string): PayRefusal | undefined {
  const refusal = whyNotPay(world, transaction, openid)
  if (refusal) return refusal
  const now = world.clock.now()
  const facts = {
    transactionId: makeTransactionId(now),
    payerTotalFen: transaction.amountFen,
    successAtMs: now.getTime(),
  }
  world.transactions.move(transaction, 'SUCCESS', facts)
  notifyPaid(world, transaction)
  return undefined
}
