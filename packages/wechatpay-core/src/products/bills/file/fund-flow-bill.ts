import {
  type Cells,
  type Column,
  fenAt,
  printFen,
  printFlowText,
  printTime,
  shown,
  textAt,
  timeAt,
  YUAN_DECIMALS,
} from './cells.ts'
import { locate, type PrintedColumn } from './columns.ts'
import { formatBill, readBill } from './format.ts'
import { LineProblem } from './problem.ts'
import type { FundFlowRow, FundFlowSummary } from './rows.ts'
import type { SummaryColumns } from './summary.ts'

/**
 * Reads a 资金账单 of any account (BASIC, OPERATION, FEES), its columns by name. Rows are given as they are printed, with
 * WeChat's escapes; that the balances follow from each other is for the reader to prove.
 * @param chunks the unpacked bytes, as `download` gives them, cut anywhere
 * @returns batches of rows and then, as the generator's return value, the summary; only then is the file known to be whole
 * @throws WechatPayError ERR_RESPONSE_MALFORMED naming line and column, or what of the summary does not fit the rows
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012791908
 */
export const readFundFlowBill = (
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<readonly FundFlowRow[], FundFlowSummary> => readBill(chunks, { rowReader, summary })

/** The lines of a 资金账单, each with its line break: the opposite of `readFundFlowBill`. */
export const formatFundFlowBill = (rows: Iterable<FundFlowRow>): Generator<string, void> =>
  formatBill(rows, Object.values(columns), summary)

// In WeChat's order. The unit is printed in full-width brackets, as in its sample, and read with either.
const columns = {
  bookedAt: { names: ['记账时间'], print: (row) => printTime(row.bookedAt) },
  businessId: { names: ['微信支付业务单号'], print: (row) => row.businessId },
  flowId: { names: ['资金流水单号'], print: (row) => row.flowId },
  businessName: { names: ['业务名称'], print: (row) => row.businessName },
  businessType: { names: ['业务类型'], print: (row) => row.businessType },
  direction: { names: ['收支类型'], print: (row) => directionNames[row.direction] },
  amount: { names: ['收支金额（元）', '收支金额'], print: (row) => printFen(row.amountFen) },
  balance: { names: ['账户结余（元）', '账户结余'], print: (row) => printFen(row.balanceFen) },
  submitter: { names: ['资金变更提交申请人'], print: (row) => printFlowText(row.submitter) },
  remark: { names: ['备注'], print: (row) => printFlowText(row.remark) },
  voucherNo: { names: ['业务凭证号'], print: (row) => printFlowText(row.voucherNo) },
} as const satisfies Readonly<Record<string, PrintedColumn<FundFlowRow>>>

const directionNames = { in: '收入', out: '支出' } as const satisfies Record<FundFlowRow['direction'], string>

const summary: SummaryColumns<FundFlowRow, FundFlowSummary> = {
  rows: { names: ['资金流水总笔数'], decimals: 0, count: () => 1 },
  inRows: { names: ['收入笔数'], decimals: 0, count: ({ direction }) => (direction === 'in' ? 1 : 0) },
  inFen: {
    names: ['收入金额'],
    decimals: YUAN_DECIMALS,
    count: ({ direction, amountFen }) => (direction === 'in' ? amountFen : 0),
  },
  outRows: { names: ['支出笔数'], decimals: 0, count: ({ direction }) => (direction === 'out' ? 1 : 0) },
  outFen: {
    names: ['支出金额'],
    decimals: YUAN_DECIMALS,
    count: ({ direction, amountFen }) => (direction === 'out' ? amountFen : 0),
  },
}

function rowReader(header: Cells): (cells: Cells) => FundFlowRow {
  const at = locate(header, columns, [
    'bookedAt',
    'businessId',
    'flowId',
    'businessType',
    'direction',
    'amount',
    'balance',
  ])
  return (cells) => ({
    bookedAt: timeAt(cells, at.bookedAt),
    businessId: textAt(cells, at.businessId),
    flowId: textAt(cells, at.flowId),
    businessName: textAt(cells, at.businessName),
    businessType: textAt(cells, at.businessType),
    direction: directionAt(cells, at.direction),
    amountFen: positiveFenAt(cells, at.amount),
    balanceFen: fenAt(cells, at.balance),
    submitter: textAt(cells, at.submitter),
    remark: textAt(cells, at.remark),
    voucherNo: textAt(cells, at.voucherNo),
  })
}

function directionAt(cells: Cells, column: Column): FundFlowRow['direction'] {
  const text = textAt(cells, column)
  if (text === directionNames.in) return 'in'
  if (text === directionNames.out) return 'out'
  throw new LineProblem(`${shown(text)} is neither ${directionNames.in} nor ${directionNames.out}`, column)
}

/** The sign is in 收支类型; one more in the amount could mean either. */
function positiveFenAt(cells: Cells, column: Column): number {
  const fen = fenAt(cells, column)
  if (fen >= 0) return fen
  throw new LineProblem(`${shown(textAt(cells, column))} is negative`, column)
}
