import { file } from '@shouyin/wechatpay-core/bills'
import type { FundFlowRowTable } from '../table.ts'
import { copyLine } from './copy-text.ts'
import type { BillLines } from './sums.ts'

export const fundFlowColumns = [
  ...(['bill_day_id', 'row_no', 'kind', 'booked_at', 'business_id', 'flow_id', 'business_name'] as const),
  ...(['business_type', 'amount_fen', 'balance_fen', 'voucher_no'] as const),
] satisfies readonly (keyof FundFlowRowTable)[]

const kinds: Readonly<Record<string, FundFlowRowTable['kind']>> = {
  交易: 'payment',
  退款: 'refund',
  退款关闭: 'refund_closed',
  扣除交易手续费: 'fee',
  退还交易手续费: 'fee',
  提现: 'withdrawal',
  充值: 'top_up',
}

/**
 * By 业务类型, five of which are published; 提现, 充值 and other fees are GUESSES. What this shop does not do stays `other`
 * and is listed with its 业务名称: 企业付款, 代金券/立减/折扣, 分账.
 * @see https://pay.weixin.qq.com/docs/merchant/products/bill-download/format-fundflow.html
 */
export function fundFlowKind(businessType: string): FundFlowRowTable['kind'] {
  if (Object.hasOwn(kinds, businessType)) return kinds[businessType] ?? 'other'
  return businessType.includes('手续费') ? 'fee' : 'other'
}

/** A 资金账单 as rows of `fund_flow_row`. @throws what reading and downloading throw */
export async function* fundFlowLines(billDayId: number, chunks: AsyncIterable<Uint8Array>): BillLines {
  const reader = file.readFundFlowBill(chunks)
  let rowNo = 0
  let sumFen = 0
  let bankFen = 0
  let openingFen: number | null = null
  let closingFen: number | null = null
  for (;;) {
    const { done, value } = await reader.next()
    if (done) return { rows: rowNo, sumFen, openingFen, closingFen, bankFen }
    let text = ''
    for (const row of value) {
      const { bookedAt, businessId, flowId, businessName, businessType, balanceFen, voucherNo } = row
      const amountFen = row.direction === 'in' ? row.amountFen : -row.amountFen
      const kind = fundFlowKind(businessType)
      rowNo += 1
      sumFen += amountFen
      if (kind === 'withdrawal') bankFen -= amountFen
      openingFen ??= balanceFen - amountFen
      closingFen = balanceFen
      const names = [businessId, flowId, businessName, businessType]
      text += copyLine([billDayId, rowNo, kind, bookedAt, ...names, amountFen, balanceFen, voucherNo])
    }
    yield text
  }
}
