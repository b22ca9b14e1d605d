import type { file } from '@shouyin/wechatpay-core/bills'
import { FEE_RATE, feeFenOf, settlementTotalFen } from '../../../kernel/fees.ts'
import type { StoredRefund } from '../../../kernel/refunds.ts'
import type { StoredTransaction } from '../../../kernel/transactions.ts'
import type { World } from '../../../kernel/world.ts'

type TradeBillRow = file.TradeBillRow

/** A day of Asia/Shanghai; its bill is made at `madeAtMs` and shows refunds as they were then. */
export interface BillSpan {
  readonly fromMs: number
  readonly toMs: number
  readonly madeAtMs: number
}

/** What was paid on that day and which refunds were accepted on it, oldest first (the order is DERIVED). */
export function tradeRows(world: World, mchid: string, span: BillSpan): TradeBillRow[] {
  const isOfDay = (atMs: number) => atMs >= span.fromMs && atMs < span.toMs
  const payments = world.transactions
    .list()
    .filter((order) => order.mchid === mchid && order.successAtMs !== null && isOfDay(order.successAtMs))
    .map(paymentRow)
  const refunds = world.refunds
    .list()
    .filter((refund) => refund.mchid === mchid && isOfDay(refund.createdAtMs))
    .map((refund) => refundRow(refund, world.transactions.find(mchid, refund.outTradeNo), span.madeAtMs))
  return [...payments, ...refunds].sort((a, b) => a.tradeTime.getTime() - b.tradeTime.getTime())
}

function common({ outTradeNo, transactionId, mchid }: StoredRefund | StoredTransaction, order?: StoredTransaction) {
  return {
    appid: order?.appid ?? '',
    mchid,
    subMchid: null,
    deviceId: order?.deviceId ?? '',
    transactionId: transactionId ?? '',
    outTradeNo,
    openid: order?.openid ?? '',
    tradeType: order?.tradeType ?? 'JSAPI',
    bankType: 'OTHERS',
    currency: 'CNY',
    description: order?.description ?? '',
    attach: order?.attach ?? '',
    rate: FEE_RATE,
    rateNote: '',
  }
}

function paymentRow(order: StoredTransaction): TradeBillRow {
  return {
    ...common(order, order),
    kind: 'payment',
    tradeTime: new Date(order.successAtMs ?? 0),
    tradeState: 'SUCCESS',
    settlementFen: settlementTotalFen(order),
    // DERIVED from a merchant's question in WeChat's community: coupons of both kinds are printed here.
    couponFen: order.coupon?.amountFen ?? 0,
    refund: null,
    feeMilliFen: feeFenOf(order) * 1000,
    orderFen: order.amountFen,
  }
}

function refundRow(refund: StoredRefund, order: StoredTransaction | undefined, madeAtMs: number): TradeBillRow {
  const { refundId, outRefundNo, amountFen, settlementRefundFen, payerRefundFen, feeRefundFen } = refund
  const status = statusAt(refund, madeAtMs)
  return {
    ...common(refund, order),
    kind: 'refund',
    tradeTime: new Date(refund.createdAtMs),
    tradeState: 'REFUND',
    settlementFen: 0,
    couponFen: 0,
    refund: {
      refundId,
      outRefundNo,
      // As in the API of v2, where 退款金额 = 申请退款金额 - 非充值代金券退款金额.
      amountFen: settlementRefundFen,
      couponFen: settlementRefundFen - payerRefundFen,
      type: refund.channel === 'ORIGINAL' ? 'ORIGINAL' : 'OTHER_BANKCARD',
      status,
      appliedFen: amountFen,
      appliedAt: new Date(refund.createdAtMs),
      succeededAt: status === 'SUCCESS' && refund.successAtMs !== null ? new Date(refund.successAtMs) : null,
    },
    feeMilliFen: feeRefundFen === 0 ? 0 : -feeRefundFen * 1000,
    orderFen: 0,
  }
}

// DERIVED: the bill's four states are not those of the API, and no page says which is which.
const statuses = { PROCESSING: 'PROCESSING', SUCCESS: 'SUCCESS', CLOSED: 'FAIL', ABNORMAL: 'CHANGE' } as const

/** 退款状态 is that of the moment when the bill is made, and never updated. */
const statusAt = ({ status, statusAtMs = 0 }: StoredRefund, madeAtMs: number): string =>
  statusAtMs < madeAtMs ? statuses[status] : 'PROCESSING'
