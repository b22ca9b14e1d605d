import { sql } from 'kysely'
import { type GaugeGroup, lagOf, sweepLag } from '../../kernel/gauges.ts'
import { addDays, dayOf } from './days.ts'
import { openSums } from './differences.ts'
import { lateAt } from './schedule.ts'

/** What the books owe an explanation for, and bills that should have been here since 14:00. */
export const booksGauges = {
  gauges: {
    shouyin_unreconciled_fen: {
      help: 'How much money the open differences between our books and the bills of WeChat Pay concern',
    },
    shouyin_open_differences: { help: 'Open differences between our books and the bills of WeChat Pay' },
    shouyin_bills_unfinished: { help: 'Bills of the days before that are not reconciled' },
    shouyin_bills_late: { help: 'Those of them for which 14:00 of the day after has passed' },
    ...sweepLag,
  },
  async read({ db, clock }) {
    const now = clock.now()
    const yesterday = addDays(dayOf(now), -1)
    const lastDue = now >= lateAt(yesterday) ? yesterday : addDays(yesterday, -1)
    const sums = await openSums(db)
    const bills = await db
      .selectFrom('bill_day')
      .select([
        sql<number>`count(*)`.as('unfinished'),
        sql<number>`count(*) filter (where date <= ${lastDue}::date)`.as('late'),
        sql<Date | null>`min(next_attempt_at)`.as('due'),
      ])
      // As the index has it; no reconciled bill has a next attempt.
      .where('next_attempt_at', 'is not', null)
      .executeTakeFirstOrThrow()
    return {
      shouyin_unreconciled_fen: sums.fen,
      shouyin_open_differences: sums.count,
      shouyin_bills_unfinished: bills.unfinished,
      shouyin_bills_late: bills.late,
      ...lagOf('bills', bills.due, now),
    }
  },
} satisfies GaugeGroup
