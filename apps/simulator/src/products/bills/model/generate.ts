import type { file } from '@shouyin/wechatpay-core/bills'
import type { Generated } from '../../../kernel/bill-edits.ts'
import { seededRandom } from '../../../kernel/faults.ts'
import { FEE_RATE, feeFenOfSettlement } from '../../../kernel/fees.ts'
import { boundsOf } from './day.ts'

type TradeBillRow = file.TradeBillRow

/** Which bill is made from a seed. */
export interface GeneratedBill extends Generated {
  readonly mchid: string
  readonly appid: string
  /** Day of Asia/Shanghai. */
  readonly date: string
}

/**
 * Rows of a bill of any length, the same for the same seed, made one after the other: none is kept. A row depends on
 * nothing but its place.
 */
export function* generateTradeRows(bill: GeneratedBill): Generator<TradeBillRow> {
  const { fromMs, toMs } = boundsOf(bill.date)
  const stepMs = (toMs - fromMs) / bill.rows
  for (let index = 0; index < bill.rows; index++) {
    const tradeTime = new Date(fromMs + Math.floor(stepMs * index))
    const isRefund = bill.refundEvery > 0 && index % bill.refundEvery === bill.refundEvery - 1
    yield isRefund ? refundOf(paymentAt(bill, index - 1, tradeTime), tradeTime) : paymentAt(bill, index, tradeTime)
  }
}

function paymentAt({ seed, date, mchid, appid }: GeneratedBill, index: number, tradeTime: Date): TradeBillRow {
  const random = seededRandom(seed + index)
  const amountFen = 1 + Math.floor(random() * 100_000)
  const day = date.replaceAll('-', '')
  const place = String(index).padStart(10, '0')
  return {
    kind: 'payment',
    tradeTime,
    appid,
    mchid,
    subMchid: null,
    deviceId: '',
    transactionId: `42000${String(seed % 100_000).padStart(5, '0')}${day}${place}`,
    outTradeNo: `${day}${seed.toString(16).padStart(14, '0')}${place}`,
    openid: `oGenerated${Math.floor(random() * 5000)}`,
    tradeType: 'JSAPI',
    tradeState: 'SUCCESS',
    bankType: 'OTHERS',
    currency: 'CNY',
    settlementFen: amountFen,
    couponFen: 0,
    refund: null,
    description: '羽毛球场 一小时',
    attach: '',
    feeMilliFen: feeFenOfSettlement(amountFen) * 1000,
    rate: FEE_RATE,
    orderFen: amountFen,
    rateNote: '',
  }
}

/** Half of the payment goes back. */
function refundOf(payment: TradeBillRow, tradeTime: Date): TradeBillRow {
  const amountFen = Math.ceil(payment.settlementFen / 2)
  const feeFen = feeFenOfSettlement(amountFen)
  return {
    ...payment,
    kind: 'refund',
    tradeTime,
    tradeState: 'REFUND',
    settlementFen: 0,
    refund: {
      refundId: `5${payment.transactionId.slice(1)}`,
      outRefundNo: `${payment.outTradeNo}01`,
      amountFen,
      couponFen: 0,
      type: 'ORIGINAL',
      status: 'SUCCESS',
      appliedFen: amountFen,
      appliedAt: tradeTime,
      succeededAt: tradeTime,
    },
    feeMilliFen: feeFen === 0 ? 0 : -feeFen * 1000,
    orderFen: 0,
  }
}
