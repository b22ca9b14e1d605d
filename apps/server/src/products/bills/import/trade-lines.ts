import { file } from '@shouyin/wechatpay-core/bills'
import type { BillRow } from '../table.ts'
import { type CopyValue, copyLine } from './copy-text.ts'
import type { BillLines } from './sums.ts'

export const tradeColumns = [
  ...(['bill_day_id', 'row_no', 'kind', 'trade_time', 'appid', 'merchant', 'transaction_id', 'out_trade_no'] as const),
  ...(['openid', 'trade_type', 'trade_state', 'currency', 'settlement_fen', 'order_fen', 'refund_id'] as const),
  ...([
    'out_refund_no',
    'refund_fen',
    'applied_fen',
    'refund_status',
    'refunded_at',
    'fee_milli_fen',
    'attach',
  ] as const),
] satisfies readonly (keyof BillRow)[]

/** A 交易账单 as rows of `bill_row`. @throws what reading and downloading throw */
export async function* tradeLines(billDayId: number, chunks: AsyncIterable<Uint8Array>): BillLines {
  const reader = file.readTradeBill(chunks)
  let rowNo = 0
  let sumFen = 0
  for (;;) {
    const { done, value } = await reader.next()
    if (done) return { rows: rowNo, sumFen, openingFen: null, closingFen: null, bankFen: null }
    let text = ''
    for (const row of value) {
      rowNo += 1
      sumFen += (row.orderFen ?? row.settlementFen) - (row.refund ? (row.refund.appliedFen ?? row.refund.amountFen) : 0)
      text += copyLine([billDayId, rowNo, ...valuesOf(row)])
    }
    yield text
  }
}

function valuesOf(row: file.TradeBillRow): CopyValue[] {
  const { refund } = row
  return [
    // A refund without a number is nothing that could be compared.
    row.kind === 'refund' && !refund ? 'other' : row.kind,
    row.tradeTime,
    row.appid,
    row.mchid,
    row.transactionId,
    row.outTradeNo,
    row.openid,
    row.tradeType,
    row.tradeState,
    row.currency,
    row.settlementFen,
    row.orderFen,
    refund ? refund.refundId : null,
    refund ? refund.outRefundNo : null,
    refund ? refund.amountFen : null,
    refund ? refund.appliedFen : null,
    refund ? refund.status : null,
    refund ? refund.succeededAt : null,
    row.feeMilliFen,
    row.attach,
  ]
}
