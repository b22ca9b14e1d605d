import { WechatPayError } from '../../../errors.ts'

/** The file is not a bill as this version knows it; nothing of it may count. */
export const malformedBill = (message: string): WechatPayError =>
  new WechatPayError('ERR_RESPONSE_MALFORMED', `the bill cannot be read: ${message}`, { outcome: 'unknown' })

/** What is wrong with one line or one of its cells. Who reads the file knows which line, and the column's name. */
export class LineProblem extends Error {
  readonly column: number | undefined
  constructor(message: string, column?: number) {
    super(message)
    this.column = column
  }
}
