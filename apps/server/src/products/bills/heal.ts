import type { Ctx } from '../../kernel/context.ts'
import { inTransaction } from '../../kernel/db.ts'
import type { Asking } from './asking.ts'
import { compareDay } from './compare/index.ts'
import { claimDifferences, type DueDifference, putOff } from './differences.ts'
import { proveAll } from './prove.ts'
import { lockDay, type Which } from './repository.ts'
import { recheckAt } from './schedule.ts'
import type { Difference } from './table.ts'

const BATCH = 500
/** Then other work has its turn, and what is open is told. */
const BATCHES_MAX = 20

/**
 * Looks into open differences: WeChat Pay is asked, what agrees by then is resolved, the rest stays open and is looked
 * into again.
 * @returns how many it looked into; call again until 0
 */
export async function heal(ctx: Ctx, asking: Asking, which?: Which): Promise<number> {
  let count = 0
  const untold: DueDifference[] = []
  for (let batch = 0; batch < BATCHES_MAX; batch++) {
    const now = ctx.clock.now()
    const due = await inTransaction(ctx.db, (tx) => claimDifferences(tx, { now, limit: BATCH, which }))
    for (const ofDay of Map.groupBy(due, ({ bill_day_id }) => bill_day_id).values()) {
      await proveAll(ctx, asking, ofDay)
      const open = new Set((await recheck(ctx, ofDay)).map(({ id }) => id))
      // Told once: from then on the gauge says it.
      untold.push(...ofDay.filter(({ id, checks }) => checks === 0 && open.has(id)))
    }
    count += due.length
    if (due.length < BATCH) break
  }
  tell(ctx, untold)
  return count
}

/** @param due of one bill */
async function recheck(ctx: Ctx, due: readonly DueDifference[]): Promise<readonly Difference[]> {
  const [first] = due
  if (!first) return []
  const now = ctx.clock.now()
  return inTransaction(ctx.db, async (tx) => {
    const day = await lockDay(tx, first.bill_day_id)
    await compareDay(tx, day, { now, references: due.map(({ reference }) => reference) })
    return putOff(tx, due, recheckAt(day.date, now))
  })
}

function tell(ctx: Ctx, untold: readonly DueDifference[]): void {
  for (const ofBill of Map.groupBy(untold, ({ bill_day_id }) => bill_day_id).values()) {
    const [first] = ofBill
    if (!first) continue
    const { mchid, date, bill } = first
    const amountFen = ofBill.reduce((sum, { delta_fen }) => sum + Math.abs(delta_fen), 0)
    ctx.alarm('books_differ', { mchid, date, bill, count: ofBill.length, amountFen })
  }
}
