import { paymentChanges } from '../../../kernel/bookings.ts'
import { digits, makeTransactionId } from '../../../kernel/numbers.ts'
import type { Coupon, StoredTransaction } from '../../../kernel/transactions.ts'
import type { World } from '../../../kernel/world.ts'
import { notifyPaid } from '../notify.ts'

/** Why this user cannot pay this order now. */
export type PayRefusal = 'PAYER_MISMATCH' | 'ORDER_PAID' | 'ORDER_CLOSED' | 'ORDER_EXPIRED' | 'COUPON_TOO_LARGE'

/** 代金券 that the user spends on the order; none when `couponFen` is 0. */
export interface CouponChoice {
  readonly couponFen: number
  readonly couponType: Coupon['type']
}

export const NO_COUPON: CouponChoice = { couponFen: 0, couponType: 'NOCASH' }

export const payRefusals: Readonly<Record<PayRefusal, string>> = {
  PAYER_MISMATCH: '下单账号与支付账号不一致',
  ORDER_PAID: '该订单已支付',
  ORDER_CLOSED: '该订单已关闭',
  ORDER_EXPIRED: '订单已过期，请重新下单',
  COUPON_TOO_LARGE: '代金券金额必须小于订单金额',
}

/** Undefined when nothing stands in the way. */
export function whyNotPay(
  world: World,
  transaction: StoredTransaction,
  openid: string,
  { couponFen }: CouponChoice,
): PayRefusal | undefined {
  if (transaction.openid !== openid) return 'PAYER_MISMATCH'
  if (transaction.tradeState === 'CLOSED') return 'ORDER_CLOSED'
  if (transaction.tradeState !== 'NOTPAY') return 'ORDER_PAID'
  if (world.clock.nowMs() >= transaction.expiresAtMs) return 'ORDER_EXPIRED'
  return couponFen >= transaction.amountFen ? 'COUPON_TOO_LARGE' : undefined
}

/** The user confirms with password: paid when this returns. @returns why not, when it is refused */
export function pay(
  world: World,
  transaction: StoredTransaction,
  openid: string,
  choice: CouponChoice,
): PayRefusal | undefined {
  const refusal = whyNotPay(world, transaction, openid, choice)
  if (refusal) return refusal
  const now = world.clock.now()
  const facts = {
    transactionId: makeTransactionId(now),
    payerTotalFen: transaction.amountFen - choice.couponFen,
    coupon: couponOf(choice),
    successAtMs: now.getTime(),
  }
  world.transactions.move(transaction, 'SUCCESS', facts)
  world.funds.book(...paymentChanges(transaction))
  notifyPaid(world, transaction)
  return undefined
}

const couponOf = ({ couponFen, couponType }: CouponChoice): Coupon | null =>
  couponFen === 0 ? null : { id: digits(12), amountFen: couponFen, type: couponType }
