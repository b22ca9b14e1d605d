/** What a file adds up to, in fen. */
export interface Sums {
  readonly rows: number
  /** Payments less refunds, or what the account gained. */
  readonly sumFen: number
  readonly openingFen: number | null
  readonly closingFen: number | null
  /** 提现: what left the account for the bank. */
  readonly bankFen: number | null
}

/** Lines for COPY, some thousands at a time; what they add up to at the end, when the file is proved. */
export type BillLines = AsyncGenerator<string, Sums>
