import type { file } from '@shouyin/wechatpay-core/bills'
import type { FundEdits, Match, TradeEdits } from '../../../kernel/bill-edits.ts'

type TradeBillRow = file.TradeBillRow
type FundFlowRow = file.FundFlowRow

/** The rows with what was changed, without what was dropped, then those that were added. */
export function editTradeRows(rows: Iterable<TradeBillRow>, edits: TradeEdits): Iterable<TradeBillRow> {
  return edit(rows, edits, namesOfTrade, (row, { refund, ...set }) => ({
    ...row,
    ...set,
    refund: row.refund && { ...row.refund, ...refund },
  }))
}

export function editFundRows(rows: Iterable<FundFlowRow>, edits: FundEdits): Iterable<FundFlowRow> {
  return edit(rows, edits, namesOfFund, (row, set) => ({ ...row, ...set }))
}

/** The names by which a row can be matched. */
export const namesOfTrade = ({ refund, transactionId, outTradeNo }: TradeBillRow): string[] =>
  refund ? [`outRefundNo ${refund.outRefundNo}`] : [`transactionId ${transactionId}`, `outTradeNo ${outTradeNo}`]

export const namesOfFund = ({ flowId }: FundFlowRow): string[] => [`flowId ${flowId}`]

const nameOf = (match: Match): string => Object.entries(match).flat().join(' ')

interface Edits<Row, Set> {
  readonly add: Row[]
  readonly change: { readonly match: Match; readonly set: Set }[]
  readonly drop: Match[]
}

/** The first match that fits none of the rows. */
export function firstUnknown<Row>(
  rows: Iterable<Row>,
  { change, drop }: Pick<Edits<unknown, unknown>, 'change' | 'drop'>,
  namesOf: (row: Row) => string[],
): Match | undefined {
  const wanted = new Map([...change.map(({ match }) => match), ...drop].map((match) => [nameOf(match), match]))
  if (wanted.size > 0) for (const row of rows) for (const name of namesOf(row)) wanted.delete(name)
  return wanted.values().next().value
}

/** Earlier edits and further ones. */
export const joinEdits = <Row, Set>(earlier: Edits<Row, Set>, further: Edits<Row, Set>): Edits<Row, Set> => ({
  add: [...earlier.add, ...further.add],
  change: [...earlier.change, ...further.change],
  drop: [...earlier.drop, ...further.drop],
})

function* edit<Row, Set>(
  rows: Iterable<Row>,
  { add, change, drop }: Edits<Row, Set>,
  namesOf: (row: Row) => string[],
  merge: (row: Row, set: Set) => Row,
): Iterable<Row> {
  const dropped = new Set(drop.map(nameOf))
  const changes = Map.groupBy(change, ({ match }) => nameOf(match))
  for (const row of rows) {
    const names = namesOf(row)
    if (names.some((name) => dropped.has(name))) continue
    const sets = names.flatMap((name) => changes.get(name) ?? [])
    yield sets.reduce((changed, { set }) => merge(changed, set), row)
  }
  yield* add
}
