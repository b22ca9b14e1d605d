import type { Ctx } from '../../kernel/context.ts'
import type { Asking } from './asking.ts'
import type { DueDifference } from './differences.ts'
import { findPayers } from './find-payers.ts'
import { findSums, type Sum } from './find-sums.ts'
import { applyRefundByBill, settlePaymentByBill } from './settle-by-bill.ts'

/** So many calls to WeChat Pay are under way at most. */
const AT_ONCE = 20

/**
 * Asks WeChat Pay about differences of one merchant and applies what it proves; where it does not answer, what its bill
 * proves. Rows that none of our numbers is in are asked about by who paid; where nothing of ours is open with them, they are
 * nobody's to ask about: another system may use the same 商户号.
 */
export async function proveAll(ctx: Ctx, asking: Asking, due: readonly DueDifference[]): Promise<void> {
  // A refund can only be applied to a payment that we know.
  for (const about of ['payment', 'refund']) {
    const open = due.filter((one) => one.kind.startsWith(about) && mayBeAnswered(one))
    const sums = await findSums(ctx.db, open)
    const unnamed = open.filter(({ id, kind }) => kind === 'payment_missing_here' && !sums.has(id))
    await askEach(ctx, await findPayers(ctx.db, unnamed), (payer) => asking.payer(ctx, payer))
    await askEach(ctx, open, async (difference) => {
      const sum = sums.get(difference.id)
      if (sum) await prove(ctx, asking, difference, sum)
    })
  }
}

async function askEach<T>(ctx: Ctx, all: readonly T[], ask: (one: T) => Promise<unknown>): Promise<void> {
  for (let i = 0; i < all.length; i += AT_ONCE) {
    for (const result of await Promise.allSettled(all.slice(i, i + AT_ONCE).map(ask))) {
      if (result.status === 'rejected') ctx.log.error({ err: result.reason }, 'a difference could not be looked into')
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

async function prove(ctx: Ctx, asking: Asking, difference: DueDifference, sum: Sum): Promise<void> {
  const { kind, mchid, out_refund_no } = difference
  if (kind.startsWith('payment')) {
    const answer = await asking.charge[sum.source](ctx, sum)
    if (answer === 'unknown' && kind === 'payment_missing_here') await settlePaymentByBill(ctx, difference, sum)
  } else if (out_refund_no !== null) {
    const answer = await asking.refund(ctx, { mchid, out_refund_no })
    if (answer === 'unknown') await applyRefundByBill(ctx, difference)
  }
}
