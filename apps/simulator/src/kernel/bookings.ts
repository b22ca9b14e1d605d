import { feeFenOf, settlementTotalFen } from './fees.ts'
import type { FundChange } from './funds.ts'
import { digits, timeDigits } from './numbers.ts'
import type { StoredRefund } from './refunds.ts'
import type { StoredTransaction } from './transactions.ts'

/**
 * 业务名称 and 业务类型, one text each. 交易, 退款 and 扣除交易手续费 are read in samples; the others are GUESSES, because the
 * whole list is published nowhere.
 */
export const businesses = {
  payment: '交易',
  fee: '扣除交易手续费',
  refund: '退款',
  feeReturned: '退还交易手续费',
  refundReturned: '退款退回',
  toppedUp: '充值',
  withdrawn: '提现',
} as const

type Business = (typeof businesses)[keyof typeof businesses]

/** 资金变更提交申请人, as in the sample. */
const APPLICANT = 'system'

const named = (business: Business) => ({ businessName: business, businessType: business, applicant: APPLICANT })

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
    { ...common, ...named(businesses.payment), amountFen: settlementTotalFen(transaction) },
    { ...common, ...named(businesses.fee), amountFen: -feeFenOf(transaction) },
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
  { ...ofRefund(refund), ...named(businesses.feeReturned), amountFen: refund.feeRefundFen },
  { ...ofRefund(refund), ...named(businesses.refund), amountFen: -refund.settlementRefundFen },
]

/** What a refund that was closed brings back. */
export const returnChanges = (refund: StoredRefund): readonly FundChange[] => [
  { ...ofRefund(refund), ...named(businesses.refundReturned), amountFen: refund.settlementRefundFen },
  { ...ofRefund(refund), ...named(businesses.fee), amountFen: -refund.feeRefundFen },
]

/** Money put in or taken out by hand, in 商户平台. The number is our own: no sample shows one. */
export function byHandChange(
  change: Pick<FundChange, 'mchid' | 'account' | 'amountFen' | 'remark'> & {
    readonly businessType: string | undefined
  },
  at: Date,
): FundChange {
  const { mchid, account, amountFen, remark } = change
  const business = change.businessType ?? (amountFen > 0 ? businesses.toppedUp : businesses.withdrawn)
  const businessNo = `10000${digits(5)}${timeDigits(at).slice(0, 8)}${digits(10)}`
  const common = { mchid, account, amountFen, remark, businessNo, voucherNo: businessNo, outTradeNo: null }
  return { ...common, businessName: business, businessType: business, applicant: mchid }
}
