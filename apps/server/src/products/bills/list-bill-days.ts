import type { books } from '@shouyin/contracts/merchant'
import type { OutputOf, ParsedInputOf } from '@shouyin/contracts/route'
import { sql } from 'kysely'
import type { MerchantCtx } from '../../kernel/context.ts'
import { AppError } from '../../kernel/errors.ts'
import { dayOf, startOf } from './days.ts'

/** Newest first. */
export async function listBillDays(
  { db }: MerchantCtx,
  { limit, after }: ParsedInputOf<typeof books.listBillDays>,
): Promise<OutputOf<typeof books.listBillDays>> {
  const cursor = readCursor(after)
  const rows = await db
    .selectFrom('bill_day')
    .selectAll()
    .select((eb) =>
      eb
        .selectFrom('difference')
        .select(sql<number>`count(*)`.as('count'))
        .whereRef('difference.bill_day_id', '=', 'bill_day.id')
        .where('difference.state', '=', 'open')
        .as('open_differences'),
    )
    .$if(cursor !== undefined, (query) =>
      query.where(sql<boolean>`(date, id) < (${cursor?.date}::date, ${cursor?.id}::bigint)`),
    )
    .orderBy('date', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const days = page.map((row) => ({
    ...{ mchid: row.mchid, date: row.date, bill: row.bill, state: row.state },
    rows: row.rows ?? 0,
    sumFen: row.sum_fen,
    openingFen: row.opening_fen,
    closingFen: row.closing_fen,
    reachedBankFen: row.bank_fen,
    openDifferences: row.open_differences ?? 0,
    problem: row.problem,
    finishedAt: row.finished_at?.toISOString() ?? null,
  }))
  return { days, next: rows.length > limit && last ? `${last.date}_${last.id}` : null }
}

/** @throws AppError INVALID_INPUT for what no page of ours ended with */
function readCursor(after: string | undefined): { date: string; id: number } | undefined {
  if (after === undefined) return undefined
  const [, date = '', id] = /^(\d{4}-\d{2}-\d{2})_(\d{1,15})$/.exec(after) ?? []
  if (!isDay(date))
    throw new AppError('INVALID_INPUT', 'after must be the "next" of the page before', { field: 'after' })
  return { date, id: Number(id) }
}

function isDay(text: string): boolean {
  try {
    return dayOf(startOf(text)) === text
  } catch {
    return false
  }
}
