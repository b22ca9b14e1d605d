import { formatShanghai } from '@shouyin/wechatpay-core/contract'
import { feeFenOf, settlementTotalFen } from '../../kernel/fees.ts'
import { digits, timeDigits } from '../../kernel/numbers.ts'
import type { StoredRefund } from '../../kernel/refunds.ts'
import type { StoredTransaction } from '../../kernel/transactions.ts'

/** What a refund is asked for with, by API or by hand. */
export type RefundRequest = Pick<
  StoredRefund,
  | 'outRefundNo'
  | 'amountFen'
  | 'totalFen'
  | 'reason'
  | 'notifyUrl'
  | 'source'
  | 'fundsAccount'
  | 'from'
  | 'namesPublicKey'
>

/** 微信支付退款单号: 29 digits, `50000…` with the day inside, as samples show it. */
const makeRefundId = (at: Date) => `50000${digits(5)}${timeDigits(at).slice(0, 8)}${digits(11)}`

/** DERIVED from bills: a refund made in 商户平台 is numbered `REF` and 28 digits in the form of a transaction_id. */
export const makeOutRefundNo = (at: Date) => `REF42000${digits(5)}${timeDigits(at).slice(0, 8)}${digits(10)}`

/** The stored form of a new refund. @param earlier those of the same order that were not closed */
export function newRefund(
  transaction: StoredTransaction,
  earlier: readonly StoredRefund[],
  request: RefundRequest,
  now: Date,
): StoredRefund {
  const { mchid, outTradeNo, transactionId, payerTotalFen, amountFen, coupon } = transaction
  return {
    ...request,
    ...sharesOf(transaction, earlier, request.amountFen),
    mchid,
    outTradeNo,
    refundId: makeRefundId(now),
    transactionId: transactionId ?? '',
    payerTotalFen: payerTotalFen ?? amountFen,
    coupon,
    settlementTotalFen: settlementTotalFen(transaction),
    createdAtMs: now.getTime(),
    status: 'PROCESSING',
    isFunded: false,
    channel: 'ORIGINAL',
    userReceivedAccount: '支付用户零钱',
    dueAtMs: null,
    successAtMs: null,
  }
}

/**
 * How a refund is shared between user, coupon and fee: pro rata, rounded, and the refund that completes the order takes
 * what is left. DERIVED for the fee, and where rounding would give one side more than it had paid.
 */
function sharesOf(transaction: StoredTransaction, earlier: readonly StoredRefund[], refundFen: number) {
  const { amountFen: totalFen, coupon } = transaction
  const couponFen = coupon?.amountFen ?? 0
  const leftFen = totalFen - sum(earlier, ({ amountFen }) => amountFen)
  const payerLeftFen = totalFen - couponFen - sum(earlier, ({ payerRefundFen }) => payerRefundFen)
  const couponLeftFen = leftFen - payerLeftFen
  const proRataFen = roundedShare(refundFen, totalFen - couponFen, totalFen)
  const payerRefundFen = Math.min(Math.max(proRataFen, refundFen - couponLeftFen), payerLeftFen)
  const settlementRefundFen = coupon?.type === 'NOCASH' ? payerRefundFen : refundFen
  const feeLeftFen = feeFenOf(transaction) - sum(earlier, ({ feeRefundFen }) => feeRefundFen)
  const feeFen = roundedShare(settlementRefundFen, feeFenOf(transaction), settlementTotalFen(transaction))
  const feeRefundFen = refundFen === leftFen ? feeLeftFen : Math.min(feeFen, feeLeftFen)
  return { payerRefundFen, settlementRefundFen, feeRefundFen }
}

/** part × of ÷ whole, half a fen up, in integers of any size. */
const roundedShare = (part: number, of: number, whole: number): number =>
  Number((2n * BigInt(part) * BigInt(of) + BigInt(whole)) / (2n * BigInt(whole)))

export const sum = (refunds: readonly StoredRefund[], fenOf: (refund: StoredRefund) => number): number =>
  refunds.reduce((total, refund) => total + fenOf(refund), 0)

/** The refund as the API answers it. */
export function toWire(refund: StoredRefund) {
  return {
    refund_id: refund.refundId,
    out_refund_no: refund.outRefundNo,
    transaction_id: refund.transactionId,
    out_trade_no: refund.outTradeNo,
    channel: refund.channel,
    user_received_account: refund.userReceivedAccount,
    ...successTimeOf(refund),
    create_time: formatShanghai(new Date(refund.createdAtMs)),
    status: refund.status,
    funds_account: refund.fundsAccount,
    amount: {
      ...amountOf(refund),
      ...(refund.from.length > 0 && {
        from: refund.from.map(({ account, amountFen }) => ({ account, amount: amountFen })),
      }),
      settlement_refund: refund.settlementRefundFen,
      settlement_total: refund.settlementTotalFen,
      discount_refund: refund.amountFen - refund.payerRefundFen,
      currency: 'CNY',
      refund_fee: refund.feeRefundFen,
    },
    ...(refund.coupon && { promotion_detail: [promotionOf(refund, refund.coupon)] }),
  }
}

/** The refund as its notification carries it: another shape, and the state has another name. */
export function toNotified(refund: StoredRefund) {
  return {
    mchid: refund.mchid,
    out_trade_no: refund.outTradeNo,
    transaction_id: refund.transactionId,
    out_refund_no: refund.outRefundNo,
    refund_id: refund.refundId,
    refund_status: refund.status,
    ...successTimeOf(refund),
    user_received_account: refund.userReceivedAccount,
    amount: amountOf(refund),
  }
}

const amountOf = ({ totalFen, amountFen, payerTotalFen, payerRefundFen }: StoredRefund) => ({
  total: totalFen,
  refund: amountFen,
  payer_total: payerTotalFen,
  payer_refund: payerRefundFen,
})

const successTimeOf = ({ successAtMs }: StoredRefund) =>
  successAtMs === null ? {} : { success_time: formatShanghai(new Date(successAtMs)) }

const promotionOf = (refund: StoredRefund, coupon: NonNullable<StoredRefund['coupon']>) => ({
  promotion_id: coupon.id,
  scope: 'GLOBAL',
  type: coupon.type,
  amount: coupon.amountFen,
  refund_amount: refund.amountFen - refund.payerRefundFen,
})
