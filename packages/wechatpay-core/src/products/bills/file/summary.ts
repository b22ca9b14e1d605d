import { type Cells, decimalAt, printTotal } from './cells.ts'
import { locate, type Named } from './columns.ts'
import { malformedBill } from './problem.ts'

/** A column of the last line: the sum over all rows of what `count` says. */
export interface SummaryColumn<Row> extends Named {
  /** Of the unit in which it is printed: 2 for fen. */
  readonly decimals: number
  readonly count: (row: Row) => number
}

export type SummaryColumns<Row, Summary> = Readonly<Record<keyof Summary & string, SummaryColumn<Row>>>

/** Counts rows into what their summary has to be. */
export function createTally<Row, Summary>(columns: SummaryColumns<Row, Summary>) {
  const counts = keysOf(columns).map((key) => columns[key].count)
  const sums = counts.map(() => 0)
  return {
    add(row: Row): void {
      for (let i = 0; i < counts.length; i++) sums[i] = (sums[i] ?? 0) + (counts[i]?.(row) ?? 0)
    },
    summary: () => Object.fromEntries(keysOf(columns).map((key, i) => [key, sums[i]])) as Summary,
  }
}

/** Formats print more or fewer sums, but each its number of rows, which is the first: null is one that is not there. */
export function summaryReader<Row, Summary>(
  header: Cells,
  columns: SummaryColumns<Row, Summary>,
): (cells: Cells) => Summary {
  const keys = keysOf(columns)
  const at = locate(header, columns, keys.slice(0, 1))
  const read = (cells: Cells, key: (typeof keys)[number]) =>
    at[key] < 0 ? null : decimalAt(cells, at[key], columns[key].decimals)
  return (cells) => Object.fromEntries(keys.map((key) => [key, read(cells, key)])) as Summary
}

export function printSummary<Row, Summary>(columns: SummaryColumns<Row, Summary>, summary: Summary): readonly string[] {
  return keysOf(columns).map((key) => printTotal(Number(summary[key]), columns[key].decimals))
}

/** A file that lost or gained rows on its way has another summary. @throws WechatPayError naming both */
export function compareSummaries<Row, Summary>(
  columns: SummaryColumns<Row, Summary>,
  printed: Summary,
  counted: Summary,
): void {
  for (const key of keysOf(columns)) {
    if (printed[key] === null || printed[key] === counted[key]) continue
    const { names, decimals } = columns[key]
    const [says, is] = [printed[key], counted[key]].map((sum) => printTotal(Number(sum), decimals))
    throw malformedBill(`its summary says ${names[0]} ${says}, its rows make ${is}`)
  }
}

const keysOf = <Row, Summary>(columns: SummaryColumns<Row, Summary>) =>
  Object.keys(columns) as (keyof Summary & string)[]
