import { sql } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'
import { inTransaction, type Tx } from '../../kernel/db.ts'
import { compareDay } from './compare/index.ts'
import { addDays, dayOf, startOf } from './days.ts'
import { lockDay, unread } from './repository.ts'
import { DAYS_BACK } from './schedule.ts'
import type { BillDay } from './table.ts'

/** Compares a bill that is here with our books; what is found is asked for next, with all that is still open. */
export async function reconcileDay(ctx: Ctx, { id }: BillDay): Promise<void> {
  const now = ctx.clock.now()
  const done = await inTransaction(ctx.db, async (tx) => {
    const day = await lockDay(tx, id)
    if (day.state !== 'imported' && day.state !== 'empty') return undefined
    const compared = await compareDay(tx, day, { now })
    await tx
      .updateTable('bill_day')
      .set({ state: 'reconciled', finished_at: now, next_attempt_at: null })
      .where('id', '=', id)
      .where('state', '=', day.state)
      .execute()
    await compareDependent(tx, day, now)
    if (day.bill === 'trade') {
      await compareLate(tx, day, now)
      await askForDoubtfulAgain(tx, day, now)
    }
    await askAboutOpenOnes(tx, day, now)
    return { day, compared }
  })
  if (!done) return
  const { mchid, date, bill } = done.day
  ctx.log.info({ mchid, date, bill, count: done.compared.opened }, 'bill reconciled')
}

/** Bills that were here before this one could not be judged whole: the next of the account, or the account of the day. */
async function compareDependent(tx: Tx, { mchid, bill, date }: BillDay, now: Date): Promise<void> {
  const dependent = await tx
    .selectFrom('bill_day')
    .selectAll()
    .where('mchid', '=', mchid)
    .where('bill', '=', bill === 'trade' ? 'BASIC' : bill)
    .where('date', bill === 'trade' ? '>=' : '>', date)
    .where((eb) => (bill === 'trade' ? eb('rows', '>=', 0) : eb('rows', '>', 0)))
    .orderBy('date')
    .limit(1)
    .executeTakeFirst()
  if (dependent?.state === 'reconciled') await compareDay(tx, dependent, { now })
}

/** Bills of earlier days, with what our books learned of those days since they were compared. */
async function compareLate(tx: Tx, { mchid, date }: BillDay, now: Date): Promise<void> {
  const days = await tx
    .selectFrom('bill_day')
    .selectAll()
    .where('mchid', '=', mchid)
    .where('bill', 'in', ['trade', 'BASIC'])
    .where('state', '=', 'reconciled')
    .where('date', '<', date)
    .where('date', '>=', addDays(date, -DAYS_BACK))
    .execute()
  for (const day of days) {
    const late = await tx
      .selectFrom('movement')
      .select('provider_ref')
      .where('mchid', '=', mchid)
      .where('occurred_at', '>=', startOf(day.date))
      .where('occurred_at', '<', startOf(addDays(day.date, 1)))
      .where('recorded_at', '>=', day.finished_at)
      // As the index has it: a bill comes hours after its day.
      .where(sql<boolean>`recorded_at - occurred_at > interval '1 hour'`)
      .execute()
    if (late.length > 0) await compareDay(tx, day, { now, references: late.map((one) => one.provider_ref) })
  }
}

/**
 * Each morning, after the trade bill of yesterday: bills of the week that do not exist, says WeChat Pay, while something of
 * their day is open.
 */
async function askForDoubtfulAgain(tx: Tx, { mchid, date }: BillDay, now: Date): Promise<void> {
  if (date !== addDays(dayOf(now), -1)) return
  await tx
    .updateTable('bill_day')
    .set({ ...unread, next_attempt_at: now })
    .where('mchid', '=', mchid)
    .where('date', '<', date)
    .where('date', '>=', addDays(date, -DAYS_BACK))
    .where('state', '=', 'reconciled')
    .where('sha1', 'is', null)
    .where(
      sql<boolean>`exists (
        select from bill_day as doubtful join difference on difference.bill_day_id = doubtful.id
        where doubtful.mchid = bill_day.mchid and doubtful.date = bill_day.date and difference.state = 'open'
      )`,
    )
    .execute()
}

/** A new bill may have what an earlier one lacked. */
async function askAboutOpenOnes(tx: Tx, { mchid, date }: BillDay, now: Date): Promise<void> {
  await tx
    .updateTable('difference')
    .set({ next_check_at: now })
    .where('state', '=', 'open')
    .where('bill_day_id', 'in', (eb) =>
      eb.selectFrom('bill_day').select('id').where('mchid', '=', mchid).where('date', '>=', addDays(date, -DAYS_BACK)),
    )
    .execute()
}
