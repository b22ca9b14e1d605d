import type { BillType } from '../schema.ts'
import {
  type Cells,
  type Column,
  decimalAt,
  FEE_DECIMALS,
  fenAt,
  optionalTimeAt,
  printDecimal,
  printFen,
  printText,
  printTime,
  textAt,
  timeAt,
  YUAN_DECIMALS,
} from './cells.ts'
import { locate, type PrintedColumn } from './columns.ts'
import { formatBill, readBill } from './format.ts'
import type { TradeBillRefund, TradeBillRow, TradeBillSummary } from './rows.ts'
import type { SummaryColumns } from './summary.ts'

/**
 * Reads a 交易账单 of any type (ALL, SUCCESS, REFUND), its columns by name.
 * @param chunks the unpacked bytes, as `download` gives them, cut anywhere
 * @returns batches of rows and then, as the generator's return value, the summary; only then is the file known to be whole
 * @throws WechatPayError ERR_RESPONSE_MALFORMED naming line and column, or what of the summary does not fit the rows
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012791907
 */
export const readTradeBill = (
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<readonly TradeBillRow[], TradeBillSummary> => readBill(chunks, { rowReader, summary })

/**
 * The lines of a 交易账单, each with its line break: the opposite of `readTradeBill`. Prints every row that it is given;
 * a SUCCESS bill is made of payments, a REFUND bill of refunds.
 */
export const formatTradeBill = (
  rows: Iterable<TradeBillRow>,
  { type }: { readonly type: BillType },
): Generator<string, void> => {
  const layout: readonly PrintedColumn<TradeBillRow>[] = layouts[type].map((key) => columns[key])
  return type === 'SUCCESS' ? formatBill(rows, layout, paymentSummary) : formatBill(rows, layout, summary)
}

// Early names: still sent to a few merchants, and in the documents of V2.
const columns = {
  tradeTime: { names: ['交易时间'], print: (row) => printTime(row.tradeTime) },
  appid: { names: ['公众账号ID'], print: (row) => row.appid },
  mchid: { names: ['商户号'], print: (row) => row.mchid },
  subMchid: { names: ['特约商户号', '子商户号'], print: (row) => row.subMchid ?? '0' },
  deviceId: { names: ['设备号'], print: (row) => printText(row.deviceId) },
  transactionId: { names: ['微信订单号'], print: (row) => row.transactionId },
  outTradeNo: { names: ['商户订单号'], print: (row) => row.outTradeNo },
  openid: { names: ['用户标识'], print: (row) => row.openid },
  tradeType: { names: ['交易类型'], print: (row) => row.tradeType },
  tradeState: { names: ['交易状态'], print: (row) => row.tradeState },
  bankType: { names: ['付款银行'], print: (row) => row.bankType },
  currency: { names: ['货币种类'], print: (row) => row.currency },
  settlement: { names: ['应结订单金额', '总金额'], print: (row) => printFen(row.settlementFen) },
  coupon: {
    names: ['代金券金额', '代金券或立减优惠金额', '企业红包金额'],
    print: (row) => printFen(row.couponFen),
  },
  appliedAt: { names: ['退款申请时间'], print: ({ refund }) => (refund?.appliedAt ? printTime(refund.appliedAt) : '') },
  succeededAt: {
    names: ['退款成功时间'],
    print: ({ refund }) => (refund?.succeededAt ? printTime(refund.succeededAt) : ''),
  },
  refundId: { names: ['微信退款单号'], print: ({ refund }) => refund?.refundId ?? '0' },
  outRefundNo: { names: ['商户退款单号'], print: ({ refund }) => refund?.outRefundNo ?? '0' },
  refund: { names: ['退款金额'], print: ({ refund }) => printFen(refund?.amountFen ?? 0) },
  couponRefund: {
    names: ['充值券退款金额', '代金券或立减优惠退款金额', '企业红包退款金额'],
    print: ({ refund }) => printFen(refund?.couponFen ?? 0),
  },
  refundType: { names: ['退款类型'], print: ({ refund }) => refund?.type ?? '' },
  refundStatus: { names: ['退款状态'], print: ({ refund }) => refund?.status ?? '' },
  description: { names: ['商品名称'], print: (row) => printText(row.description) },
  attach: { names: ['商户数据包'], print: (row) => printText(row.attach) },
  fee: { names: ['手续费'], print: (row) => printDecimal(row.feeMilliFen, FEE_DECIMALS) },
  rate: { names: ['费率'], print: (row) => row.rate },
  order: { names: ['订单金额'], print: (row) => printFen(row.orderFen ?? 0) },
  applied: { names: ['申请退款金额'], print: ({ refund }) => printFen(refund?.appliedFen ?? 0) },
  rateNote: { names: ['费率备注'], print: (row) => printText(row.rateNote) },
} as const satisfies Readonly<Record<string, PrintedColumn<TradeBillRow>>>
type Key = keyof typeof columns

const orderColumns = [
  ...(['tradeTime', 'appid', 'mchid', 'subMchid', 'deviceId', 'transactionId', 'outTradeNo', 'openid'] as const),
  ...(['tradeType', 'tradeState', 'bankType', 'currency', 'settlement', 'coupon'] as const),
]
const refundColumns = ['refundId', 'outRefundNo', 'refund', 'couponRefund', 'refundType', 'refundStatus'] as const
const goodsColumns = ['description', 'attach', 'fee', 'rate', 'order'] as const

/** In WeChat's order. @see https://pay.weixin.qq.com/docs/merchant/products/bill-download/format-trade.html */
const layouts: Readonly<Record<BillType, readonly Key[]>> = {
  ALL: [...orderColumns, ...refundColumns, ...goodsColumns, 'applied', 'rateNote'],
  SUCCESS: [...orderColumns, ...goodsColumns, 'rateNote'],
  REFUND: [...orderColumns, 'appliedAt', 'succeededAt', ...refundColumns, ...goodsColumns, 'applied', 'rateNote'],
}

const summary: SummaryColumns<TradeBillRow, TradeBillSummary> = {
  rows: { names: ['总交易单数'], decimals: 0, count: () => 1 },
  settlementFen: {
    names: ['应结订单总金额', '总交易额'],
    decimals: YUAN_DECIMALS,
    count: (row) => row.settlementFen,
  },
  refundFen: {
    names: ['退款总金额', '总退款金额'],
    decimals: YUAN_DECIMALS,
    count: ({ refund }) => refund?.amountFen ?? 0,
  },
  couponRefundFen: {
    names: ['充值券退款总金额', '总代金券或立减优惠退款金额', '总企业红包退款金额'],
    decimals: YUAN_DECIMALS,
    count: ({ refund }) => refund?.couponFen ?? 0,
  },
  feeMilliFen: { names: ['手续费总金额'], decimals: FEE_DECIMALS, count: (row) => row.feeMilliFen },
  orderFen: {
    names: ['订单总金额'],
    decimals: YUAN_DECIMALS,
    count: (row) => row.orderFen ?? 0,
  },
  appliedRefundFen: {
    names: ['申请退款总金额'],
    decimals: YUAN_DECIMALS,
    count: ({ refund }) => refund?.appliedFen ?? 0,
  },
}

/** What a SUCCESS bill prints of it: no refunds. */
type PaymentSummary = Pick<TradeBillSummary, 'rows' | 'settlementFen' | 'feeMilliFen' | 'orderFen'>
const paymentSummary: SummaryColumns<TradeBillRow, PaymentSummary> = {
  rows: summary.rows,
  settlementFen: summary.settlementFen,
  feeMilliFen: summary.feeMilliFen,
  orderFen: summary.orderFen,
}

const required = [
  ...(['tradeTime', 'mchid', 'transactionId', 'outTradeNo', 'tradeState'] as const),
  ...(['settlement', 'coupon', 'fee'] as const),
]

function rowReader(header: Cells): (cells: Cells) => TradeBillRow {
  const isSuccessBill = !columns.refundId.names.some((name) => header.includes(name))
  const at = locate(header, columns, isSuccessBill ? required : [...required, 'outRefundNo', 'refund', 'couponRefund'])
  return (cells) => {
    const subMchid = textAt(cells, at.subMchid)
    const tradeState = textAt(cells, at.tradeState)
    return {
      kind: kinds.get(tradeState) ?? 'other',
      tradeTime: timeAt(cells, at.tradeTime),
      appid: textAt(cells, at.appid),
      mchid: textAt(cells, at.mchid),
      subMchid: isNone(subMchid) ? null : subMchid,
      deviceId: textAt(cells, at.deviceId),
      transactionId: textAt(cells, at.transactionId),
      outTradeNo: textAt(cells, at.outTradeNo),
      openid: textAt(cells, at.openid),
      tradeType: textAt(cells, at.tradeType),
      tradeState,
      bankType: textAt(cells, at.bankType),
      currency: textAt(cells, at.currency),
      settlementFen: fenAt(cells, at.settlement),
      couponFen: fenAt(cells, at.coupon),
      refund: isNone(textAt(cells, at.refundId)) ? null : readRefund(cells, at),
      description: textAt(cells, at.description),
      attach: textAt(cells, at.attach),
      feeMilliFen: decimalAt(cells, at.fee, FEE_DECIMALS),
      rate: textAt(cells, at.rate),
      orderFen: at.order < 0 ? null : fenAt(cells, at.order),
      rateNote: textAt(cells, at.rateNote),
    }
  }
}

const kinds: ReadonlyMap<string, TradeBillRow['kind']> = new Map([
  ['SUCCESS', 'payment'],
  ['REFUND', 'refund'],
  ['REVOKED', 'revoked'],
])

/** A number that is not there is printed as 0. */
const isNone = (text: string): boolean => text === '' || text === '0'

function readRefund(cells: Cells, at: Readonly<Record<Key, Column>>): TradeBillRefund {
  return {
    refundId: textAt(cells, at.refundId),
    outRefundNo: textAt(cells, at.outRefundNo),
    amountFen: fenAt(cells, at.refund),
    couponFen: fenAt(cells, at.couponRefund),
    type: textAt(cells, at.refundType),
    status: textAt(cells, at.refundStatus),
    appliedFen: at.applied < 0 ? null : fenAt(cells, at.applied),
    appliedAt: optionalTimeAt(cells, at.appliedAt),
    succeededAt: optionalTimeAt(cells, at.succeededAt),
  }
}
