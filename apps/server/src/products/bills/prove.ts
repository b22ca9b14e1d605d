import type { Ctx } from '../../kernel/context.ts'
import type { Charge } from '../../ledger/table.ts'
import type { Asking } from './asking.ts'
import type { DueDifference } from './differences.ts'
import { applyRefundByBill, settlePaymentByBill } from './settle-by-bill.ts'

/** So many calls to WeChat Pay are under way at most. */
const AT_ONCE = 20

/**
 * Asks WeChat Pay about differences of one merchant and applies what it proves; where it does not answer, what its bill
 * proves. Rows of orders that are not ours are nobody's to ask about: another system may use the same 商户号.
 */
export async function proveAll(ctx: Ctx, asking: Asking, due: readonly DueDifference[]): Promise<void> {
  const charges = await findCharges(ctx, due)
  // A refund can only be applied to a payment that we know.
  for (const about of ['payment', 'refund']) {
    const open = due.filter((one) => one.kind.startsWith(about) && mayBeAnswered(one))
    for (let i = 0; i < open.length; i += AT_ONCE) {
      const proving = open.slice(i, i + AT_ONCE).map(async (difference) => {
        const charge = charges.get(difference.out_trade_no ?? '')
        if (charge) await prove(ctx, asking, difference, charge)
      })
      for (const result of await Promise.allSettled(proving)) {
        if (result.status === 'rejected') ctx.log.error({ err: result.reason }, 'a difference could not be looked into')
      }
    }
  }
}

/** Once is enough about what our books have already: it is its row that is missing or wrong, and answers are no rows. */
const mayBeAnswered = ({ kind, checks }: DueDifference): boolean => checks === 0 || !isAboutRow[kind]

const isAboutRow: Readonly<Partial<Record<DueDifference['kind'], true>>> = {
  payment_missing_there: true,
  payment_amount: true,
  refund_missing_there: true,
}

async function findCharges({ db }: Ctx, due: readonly DueDifference[]): Promise<ReadonlyMap<string, Charge>> {
  const numbers = due.flatMap(({ out_trade_no }) => out_trade_no ?? [])
  const [first] = due
  if (!first || numbers.length === 0) return new Map()
  const charges = await db
    .selectFrom('charge')
    .selectAll()
    .where('mchid', '=', first.mchid)
    .where('out_trade_no', 'in', numbers)
    .execute()
  return new Map(charges.map((charge) => [charge.out_trade_no, charge]))
}

async function prove(ctx: Ctx, asking: Asking, difference: DueDifference, charge: Charge): Promise<void> {
  const { kind, mchid, out_refund_no } = difference
  if (kind.startsWith('payment')) {
    const answer = await asking.charge[charge.source](ctx, charge)
    if (answer === 'unknown' && kind === 'payment_missing_here') await settlePaymentByBill(ctx, difference)
  } else if (out_refund_no !== null) {
    const answer = await asking.refund(ctx, { mchid, out_refund_no })
    if (answer === 'unknown') await applyRefundByBill(ctx, difference)
  }
}
