import type { Ctx } from '../../kernel/context.ts'
import { inTransaction } from '../../kernel/db.ts'
import { findCharge } from '../../ledger/repository.ts'
import type { Asking } from './asking.ts'
import { compareDay } from './compare/index.ts'
import { claimDifferences, type DueDifference, putOff } from './differences.ts'
import { lockDay, type Which } from './repository.ts'
import { recheckAt } from './schedule.ts'
import { applyRefundByBill, settlePaymentByBill } from './settle-by-bill.ts'

/** Asked at once, so also how many calls are under way. */
const BATCH = 20

/**
 * Asks WeChat Pay about open differences and applies what it proves; what agrees by then is resolved. The rest stays
 * open and is asked about again.
 * @returns how many it looked at; call again until 0
 */
export async function heal(ctx: Ctx, asking: Asking, which?: Which): Promise<number> {
  const now = ctx.clock.now()
  const due = await inTransaction(ctx.db, (tx) => claimDifferences(tx, { now, limit: BATCH, which }))
  // A refund can only be applied to a payment that we know.
  for (const about of ['payment', 'refund']) {
    const proving = due.filter(({ kind }) => kind.startsWith(about)).map((difference) => prove(ctx, asking, difference))
    for (const result of await Promise.allSettled(proving)) {
      if (result.status === 'rejected') ctx.log.error({ err: result.reason }, 'a difference could not be looked into')
    }
  }
  for (const ofDay of Map.groupBy(due, ({ bill_day_id }) => bill_day_id).values()) await recheck(ctx, ofDay)
  return due.length
}

/** Rows of orders that are not ours are nobody's to ask about: another system may use the same 商户号. */
async function prove(ctx: Ctx, asking: Asking, difference: DueDifference): Promise<void> {
  const { kind, mchid, out_trade_no: outTradeNo, out_refund_no } = difference
  const charge = outTradeNo === null ? undefined : await findCharge(ctx.db, { mchid, outTradeNo })
  if (!charge) return
  if (kind.startsWith('payment')) {
    const answer = await asking.charge[charge.source](ctx, charge)
    if (answer === 'unknown' && kind === 'payment_missing_here') await settlePaymentByBill(ctx, difference)
  } else if (out_refund_no !== null) {
    const answer = await asking.refund(ctx, { mchid, out_refund_no })
    if (answer === 'unknown') await applyRefundByBill(ctx, difference)
  }
}

async function recheck(ctx: Ctx, due: readonly DueDifference[]): Promise<void> {
  const [first] = due
  if (!first) return
  const { mchid, date, bill } = first
  const now = ctx.clock.now()
  const open = await inTransaction(ctx.db, async (tx) => {
    const day = await lockDay(tx, first.bill_day_id)
    await compareDay(tx, day, { now, references: due.map(({ reference }) => reference) })
    return putOff(tx, due, recheckAt(date, now))
  })
  // Told once: from then on the gauge says it.
  const told = open.filter(({ checks }) => checks === 1)
  if (told.length === 0) return
  const amountFen = told.reduce((sum, { delta_fen }) => sum + Math.abs(delta_fen), 0)
  ctx.alarm('books_differ', { mchid, date, bill, count: told.length, amountFen })
}
