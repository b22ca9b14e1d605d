import type { Cells } from './cells.ts'
import { type PrintedColumn, readHeader } from './columns.ts'
import { readLines } from './lines.ts'
import { LineProblem, malformedBill } from './problem.ts'
import { compareSummaries, createTally, printSummary, type SummaryColumns, summaryReader } from './summary.ts'

/** A kind of bill: a header, rows, the header of the summary, the summary. */
export interface BillFormat<Row, Summary> {
  /** From the cells of a header to a reader of the lines below it. */
  readonly rowReader: (header: Cells) => (cells: Cells) => Row
  readonly summary: SummaryColumns<Row, Summary>
}

/**
 * Yields the rows of each chunk, so that a million rows cost no million turns; returns the summary, compared with them.
 * @throws WechatPayError ERR_RESPONSE_MALFORMED naming the line and, where it is one, the column
 */
export async function* readBill<Row, Summary>(
  chunks: AsyncIterable<Uint8Array>,
  format: BillFormat<Row, Summary>,
): AsyncGenerator<readonly Row[], Summary> {
  const reader = createReader(format)
  for await (const lines of readLines(chunks)) {
    const rows = reader.take(lines)
    if (rows.length > 0) yield rows
  }
  return reader.end()
}

function createReader<Row, Summary>(format: BillFormat<Row, Summary>) {
  const tally = createTally(format.summary)
  let lineNo = 0
  let header: Cells = []
  let rowOf: ((cells: Cells) => Row) | undefined
  let summaryOf: ((cells: Cells) => Summary) | undefined
  let summary: Summary | undefined

  const takeHeader = (line: string): void => {
    header = readHeader(line)
    if (rowOf) summaryOf = summaryReader(header, format.summary)
    else rowOf = format.rowReader(header)
  }
  const takeLine = (line: string, rows: Row[]): void => {
    lineNo += 1
    if (summary) {
      if (line !== '') throw new LineProblem('there is more after the summary')
    } else if (line.charCodeAt(0) !== BACK_TICK || !rowOf) takeHeader(line)
    else {
      const cells = cellsOf(line, header.length)
      if (summaryOf) summary = summaryOf(cells)
      else {
        const row = rowOf(cells)
        tally.add(row)
        rows.push(row)
      }
    }
  }
  return {
    take(lines: readonly string[]): readonly Row[] {
      const rows: Row[] = []
      try {
        for (const line of lines) takeLine(line, rows)
      } catch (error) {
        if (!(error instanceof LineProblem)) throw error
        const name = error.column === undefined ? '' : `, ${header[error.column]}`
        throw malformedBill(`line ${lineNo}${name}: ${error.message}`)
      }
      return rows
    },
    end(): Summary {
      if (!summary) throw malformedBill(`it ends after line ${lineNo} without its summary: it was cut off`)
      compareSummaries(format.summary, summary, tally.summary())
      return summary
    },
  }
}

const BACK_TICK = 0x60

/** A value starts with a back-tick, so a comma within one does not end it. */
function cellsOf(line: string, columns: number): Cells {
  const cells = line.slice(1).split(',`')
  if (cells.length === columns) return cells
  throw new LineProblem(`${cells.length} values where the header has ${columns} columns`)
}

const BOM = '\uFEFF'

/** The lines of a file of these rows, each with its line break; the BOM comes with the first. */
export function* formatBill<Row, Summary>(
  rows: Iterable<Row>,
  columns: readonly PrintedColumn<Row>[],
  summary: SummaryColumns<Row, Summary>,
): Generator<string, void> {
  const tally = createTally(summary)
  const headerOf = (named: readonly { readonly names: readonly [string, ...string[]] }[]) =>
    `${named.map(({ names }) => names[0]).join(',')}\r\n`
  const lineOf = (values: readonly string[]) => `\`${values.join(',`')}\r\n`
  yield BOM + headerOf(columns)
  for (const row of rows) {
    tally.add(row)
    yield lineOf(columns.map((column) => column.print(row)))
  }
  yield headerOf(Object.values(summary))
  yield lineOf(printSummary(summary, tally.summary()))
}
