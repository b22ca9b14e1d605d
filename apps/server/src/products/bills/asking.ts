import type { Ctx } from '../../kernel/context.ts'
import type { ChargeNumber } from '../../ledger/repository.ts'
import type { Refund, Source } from '../../ledger/table.ts'

export interface Payer {
  readonly mchid: string
  readonly openid: string
}

/** What became of a question; `unknown`: nothing signed came back. */
type Answer = Promise<'unknown' | (string & {})>

/**
 * How to ask WeChat Pay and apply what it says, by the products that know it. They are given where products are put
 * together: bills concern every product and import none.
 */
export interface Asking {
  /** By our own number: a lesson has it long before there is a charge. Nobody's number is `unknown`. */
  readonly charge: Readonly<Record<Source, (ctx: Ctx, number: ChargeNumber) => Answer>>
  /**
   * About all that WeChat Pay may have collected from them by itself: its bill calls that by a number of its own, and may
   * say nothing else of what it was for.
   */
  readonly payer: (ctx: Ctx, payer: Payer) => Promise<unknown>
  /** Also of a refund that we did not make. */
  readonly refund: (ctx: Ctx, number: Pick<Refund, 'mchid' | 'out_refund_no'>) => Answer
}
