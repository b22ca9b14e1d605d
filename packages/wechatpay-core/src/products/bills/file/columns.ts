import type { Cells, Column } from './cells.ts'
import { LineProblem } from './problem.ts'

/** A column under all its names: today's first, then those of earlier formats. */
export interface Named {
  readonly names: readonly [string, ...string[]]
}

/** A column of a bill: found by its names, printed under the first. */
export interface PrintedColumn<Row> extends Named {
  readonly print: (row: Row) => string
}

/** Names are compared without BOM, blanks and unit, whose brackets come full-width and half-width. */
export const readHeader = (line: string): Cells =>
  line.split(',').map((name) => name.replace(/[\uFEFF\s`]/g, '').replace(/[(（]元[)）]$/, ''))

/**
 * Where each column is: -1 for one that is not there.
 * @throws LineProblem naming the required columns that are not there
 */
export function locate<Key extends string>(
  header: Cells,
  columns: Readonly<Record<Key, Named>>,
  required: readonly NoInfer<Key>[],
): Readonly<Record<Key, Column>> {
  const keys = Object.keys(columns) as Key[]
  const find = (key: Key) => header.findIndex((name) => columns[key].names.includes(name))
  const missing = required.filter((key) => find(key) < 0).map((key) => columns[key].names[0])
  if (missing.length === 0) return Object.fromEntries(keys.map((key) => [key, find(key)])) as Record<Key, Column>
  const found = header.join(',').slice(0, HEADER_SHOWN_MAX)
  throw new LineProblem(`the header "${found}" lacks ${missing.join(', ')}: is this UTF-8, and a bill of this kind?`)
}

const HEADER_SHOWN_MAX = 200
