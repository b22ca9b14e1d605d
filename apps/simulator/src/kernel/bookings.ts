import { feeFenOf, settlementTotalFen } from './fees.ts'
import type { FundChange } from './funds.ts'
import { digits, timeDigits } from './numbers.ts'
import type { StoredRefund } from './refunds.ts'
import type { StoredTransaction } from './transactions.ts'

/**
 * 业务类型 and, before it, the 业务名称 that it belongs to. Both lists are published, which belongs to which is not: DERIVED
 * from the words, and from a sample of 扣除交易手续费. 充值 and 提现 as 业务类型 are GUESSES.
 * @see https://pay.weixin.qq.com/docs/merchant/products/bill-download/format-fundflow.html
 */
const businesses = {
  payment: ['交易', '交易'],
  fee: ['交易', '扣除交易手续费'],
  feeReturned: ['交易', '退还交易手续费'],
  refund: ['退款', '退款'],
  refundClosed: ['退款', '退款关闭'],
  toppedUp: ['充值/提现', '充值'],
  withdrawn: ['充值/提现', '提现'],
} as const

/** 资金变更提交申请人, as in the sample. */
const APPLICANT = 'system'

const named = (business: keyof typeof businesses) => {
  const [businessName, businessType] = businesses[business]
  return { businessName, businessType, applicant: APPLICANT }
}

/** What a payment moves: the settled sum in, the fee out. DERIVED: at once and in two rows. */
export function paymentChanges(transaction: StoredTransaction): readonly FundChange[] {
  const { mchid, outTradeNo, transactionId } = transaction
  const common = {
    mchid,
    account: 'BASIC',
    businessNo: transactionId ?? '',
    voucherNo: outTradeNo,
    remark: '',
    outTradeNo,
  } as const
  return [
    { ...common, ...named('payment'), amountFen: settlementTotalFen(transaction) },
    { ...common, ...named('fee'), amountFen: -feeFenOf(transaction) },
  ]
}

const ofRefund = ({ mchid, refundId, outRefundNo, outTradeNo, reason }: StoredRefund) =>
  ({
    mchid,
    account: 'BASIC',
    businessNo: refundId,
    voucherNo: outRefundNo,
    remark: reason ?? '',
    outTradeNo,
  }) as const

/** What a refund moves: its share of the fee in, the settled share of the refund out. */
export const refundChanges = (refund: StoredRefund): readonly FundChange[] => [
  { ...ofRefund(refund), ...named('feeReturned'), amountFen: refund.feeRefundFen },
  { ...ofRefund(refund), ...named('refund'), amountFen: -refund.settlementRefundFen },
]

/** What a refund that was closed brings back. */
export const returnChanges = (refund: StoredRefund): readonly FundChange[] => [
  { ...ofRefund(refund), ...named('refundClosed'), amountFen: refund.settlementRefundFen },
  { ...ofRefund(refund), ...named('fee'), amountFen: -refund.feeRefundFen },
]

/** Money put in or taken out by hand, in 商户平台. The number is our own: no sample shows one. */
export function byHandChange(
  change: Pick<FundChange, 'mchid' | 'account' | 'amountFen' | 'remark'> & {
    readonly businessType: string | undefined
  },
  at: Date,
): FundChange {
  const { mchid, account, amountFen, businessType, remark } = change
  const businessNo = `10000${digits(5)}${timeDigits(at).slice(0, 8)}${digits(10)}`
  const common = { mchid, account, amountFen, remark, businessNo, voucherNo: businessNo, outTradeNo: null }
  const business = named(amountFen > 0 ? 'toppedUp' : 'withdrawn')
  const given = businessType === undefined ? {} : { businessName: businessType, businessType }
  return { ...common, ...business, ...given, applicant: mchid }
}
