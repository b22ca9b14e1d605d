import type { quotes } from '@shouyin/contracts/shopper'

/** What is to be paid, and what was taken off already, and by what. */
export type Sum = Pick<quotes.Quote, 'amountFen' | 'discountFen' | 'discountName'>

/** The server's sum where it is about the prices on the screen, else these alone: the order says what is paid anyhow. */
export const sumOf = (totalFen: number, quote: Sum | undefined): Sum =>
  quote && quote.amountFen + quote.discountFen === totalFen
    ? quote
    : { amountFen: totalFen, discountFen: 0, discountName: null }
