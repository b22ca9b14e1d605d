import { formatShanghai } from '../../../contract/time.ts'
import { LineProblem } from './problem.ts'

/** The cells of one line without their back-ticks. */
export type Cells = readonly string[]

/** Position of a column; -1 when the file has no such column. */
export type Column = number

export const textAt = (cells: Cells, column: Column): string => (column < 0 ? '' : (cells[column] ?? ''))

/** A value in a message. */
export const shown = (text: string): string => `"${text.slice(0, SHOWN_MAX)}"`
const SHOWN_MAX = 40

export const YUAN_DECIMALS = 2
export const FEE_DECIMALS = 5

/** 元 to 分. @throws LineProblem for anything but an amount of whole fen */
export const fenAt = (cells: Cells, column: Column): number => decimalAt(cells, column, YUAN_DECIMALS)

/**
 * A decimal number as an integer of its smallest unit, digit by digit: `0.01` with two decimals is 1, and never
 * 0.010000000000000002. More decimals are taken as long as they are zeros.
 */
export function decimalAt(cells: Cells, column: Column, decimals: number): number {
  const text = textAt(cells, column)
  const negative = text.charCodeAt(0) === MINUS
  let units = 0
  let seen = 0
  let fraction = -1
  for (let i = negative ? 1 : 0; i < text.length; i++) {
    const digit = text.charCodeAt(i) - ZERO
    if (digit >= 0 && digit <= 9) {
      seen += 1
      if (fraction >= 0) fraction += 1
      if (fraction <= decimals) units = units * 10 + digit
      else if (digit !== 0) throw new LineProblem(`${shown(text)} has more than ${decimals} decimals`, column)
    } else if (digit === POINT && fraction < 0) fraction = 0
    else throw new LineProblem(`${shown(text)} is not a number`, column)
  }
  if (seen === 0) throw new LineProblem(`${shown(text)} is not a number`, column)
  for (let f = Math.max(fraction, 0); f < decimals; f++) units *= 10
  if (!Number.isSafeInteger(units)) throw new LineProblem(`${shown(text)} is out of range`, column)
  return negative && units !== 0 ? -units : units
}

const ZERO = 48
const MINUS = 45
/** The character `.` less `0`. */
const POINT = -2

/** The opposite of `decimalAt`, with all decimals. */
export function printDecimal(units: number, decimals: number): string {
  const digits = String(Math.abs(units)).padStart(decimals + 1, '0')
  const split = digits.length - decimals
  return `${units < 0 ? '-' : ''}${digits.slice(0, split)}.${digits.slice(split)}`
}

export const printFen = (fen: number): string => printDecimal(fen, YUAN_DECIMALS)

/** As summaries are printed: without final zeros but one, `45.0` and `0.47`. */
export const printTotal = (units: number, decimals: number): string =>
  printDecimal(units, decimals).replace(/0+$/, '').replace(/\.$/, '.0')

const SHANGHAI_HOURS = 8
const TIME = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]) (?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d$/

/** `2019-02-19 05:01:46`, always of Asia/Shanghai, whatever the zone of this process. */
export function timeAt(cells: Cells, column: Column): Date {
  const text = textAt(cells, column)
  if (!TIME.test(text)) throw new LineProblem(`${shown(text)} is not a time such as 2019-02-19 05:01:46`, column)
  const two = (at: number) => (text.charCodeAt(at) - ZERO) * 10 + text.charCodeAt(at + 1) - ZERO
  return new Date(Date.UTC(two(0) * 100 + two(2), two(5) - 1, two(8), two(11) - SHANGHAI_HOURS, two(14), two(17)))
}

export const optionalTimeAt = (cells: Cells, column: Column): Date | null =>
  textAt(cells, column) === '' ? null : timeAt(cells, column)

export const printTime = (at: Date): string => formatShanghai(at).slice(0, 19).replace('T', ' ')

/** Text of a merchant as a 交易账单 prints it: a comma as `\ ` and a line break as `\n`. */
export const printText = (text: string): string =>
  /[,\r\n]/.test(text) ? text.replaceAll(',', '\\ ').replace(/\r\n|[\r\n]/g, '\\n') : text

/** Text as a 资金账单 prints it: U+0001 as a blank, CR as `\r` and LF as `\n`. The comma is DERIVED from the 交易账单. */
export const printFlowText = (text: string): string =>
  text.replaceAll('\u0001', ' ').replaceAll('\r', '\\r').replaceAll('\n', '\\n').replaceAll(',', '\\ ')
