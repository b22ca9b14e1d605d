import type { file } from '@shouyin/wechatpay-core/bills'
import type { NewFundRow, NewTradeRow } from '../../../kernel/bill-edits.ts'
import { FEE_RATE, feeFenOfSettlement } from '../../../kernel/fees.ts'
import type { Merchant } from '../../../kernel/merchants.ts'

/** What a row takes over from where it is added. */
export interface Place {
  readonly merchant: Merchant
  readonly appid: string
  readonly date: string
}

const noon = (date: string) => new Date(`${date}T12:00:00+08:00`)

/** A whole row: what is not given is as in the row of an ordinary payment or refund. */
export function completeTradeRow({ refund, ...given }: NewTradeRow, place: Place): file.TradeBillRow {
  const { tradeTime = noon(place.date), orderFen = 0, settlementFen = orderFen ?? 0 } = given
  const feeFen = feeFenOfSettlement(refund ? refund.amountFen : settlementFen)
  return {
    kind: refund ? 'refund' : 'payment',
    tradeTime,
    appid: place.appid,
    mchid: place.merchant.mchid,
    subMchid: null,
    deviceId: '',
    openid: '',
    tradeType: 'JSAPI',
    tradeState: refund ? 'REFUND' : 'SUCCESS',
    bankType: 'OTHERS',
    currency: 'CNY',
    settlementFen,
    couponFen: 0,
    description: '',
    attach: '',
    feeMilliFen: refund && feeFen > 0 ? -feeFen * 1000 : feeFen * 1000,
    rate: FEE_RATE,
    orderFen,
    rateNote: '',
    ...given,
    refund: refund ? completeRefund(refund, tradeTime) : null,
  }
}

const completeRefund = (
  given: NonNullable<NewTradeRow['refund']>,
  tradeTime: Date,
): NonNullable<file.TradeBillRow['refund']> => ({
  couponFen: 0,
  type: 'ORIGINAL',
  status: 'SUCCESS',
  appliedFen: given.amountFen,
  appliedAt: tradeTime,
  succeededAt: tradeTime,
  ...given,
})

export const completeFundRow = (given: NewFundRow, date: string): file.FundFlowRow => ({
  bookedAt: noon(date),
  businessId: '',
  businessName: '交易',
  businessType: '交易',
  submitter: 'system',
  remark: '',
  voucherNo: '',
  ...given,
})
