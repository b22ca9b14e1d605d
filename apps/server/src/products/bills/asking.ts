import type { Ctx } from '../../kernel/context.ts'
import type { Charge, Refund, Source } from '../../ledger/table.ts'

/** What became of a question; `unknown`: nothing signed came back. */
type Answer = Promise<'unknown' | (string & {})>

/**
 * How to ask WeChat Pay and apply what it says, by the products that know it. They are given where products are put
 * together: bills concern every product and import none.
 */
export interface Asking {
  readonly charge: Readonly<Record<Source, (ctx: Ctx, charge: Charge) => Answer>>
  /** Also of a refund that we did not make. */
  readonly refund: (ctx: Ctx, number: Pick<Refund, 'mchid' | 'out_refund_no'>) => Answer
}
