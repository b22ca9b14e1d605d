import type { books } from '@shouyin/contracts/merchant'
import type { OutputOf, ParsedInputOf } from '@shouyin/contracts/route'
import type { MerchantCtx } from '../../kernel/context.ts'
import { AppError } from '../../kernel/errors.ts'
import { openSums } from './differences.ts'
import { viewDifference } from './view.ts'

/** Newest first, with the sums of all that are open, whatever the page shows. */
export async function listDifferences(
  { db }: MerchantCtx,
  { limit, after, state, kind, date }: ParsedInputOf<typeof books.listDifferences>,
): Promise<OutputOf<typeof books.listDifferences>> {
  if (after !== undefined && !isId(after)) {
    throw new AppError('INVALID_INPUT', 'after must be the "next" of the page before', { field: 'after' })
  }
  const rows = await db
    .selectFrom('difference')
    .innerJoin('bill_day', 'bill_day.id', 'difference.bill_day_id')
    .selectAll('difference')
    .select(['bill_day.mchid', 'bill_day.date', 'bill_day.bill'])
    .$if(state !== undefined, (query) => query.where('difference.state', '=', state ?? 'open'))
    .$if(kind !== undefined, (query) => query.where('difference.kind', '=', kind ?? 'other'))
    .$if(date !== undefined, (query) => query.where('bill_day.date', '=', date ?? ''))
    .$if(after !== undefined, (query) => query.where('difference.id', '<', Number(after)))
    .orderBy('difference.id', 'desc')
    .limit(limit + 1)
    .execute()
  const page = rows.slice(0, limit)
  const { deltaFen: openDeltaFen, fen: openFen } = await openSums(db)
  return {
    differences: page.map(viewDifference),
    next: rows.length > limit ? String(page.at(-1)?.id) : null,
    ...{ openDeltaFen, openFen },
  }
}

/** Ours are whole numbers that no `Number` rounds. */
export const isId = (text: string): boolean => /^[1-9]\d{0,14}$/.test(text)
